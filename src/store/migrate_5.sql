-- Version 5: faces have numbers that outlive rewording, and tell when their answer changed in substance.
-- docs/database.md explains every table and column.

ALTER TABLE cards ADD COLUMN was_at INTEGER;
ALTER TABLE faces ADD COLUMN number INTEGER;
ALTER TABLE faces ADD COLUMN changed_from TEXT;
ALTER TABLE faces ADD COLUMN changed_at INTEGER;

-- Gaps of older databases go by their words until they are written again.
UPDATE faces SET number = CASE key WHEN 'front' THEN 0 ELSE 1 END WHERE key IN ('front', 'back');

CREATE INDEX faces_by_change ON faces (changed_at) WHERE changed_at IS NOT NULL;

-- Faces that were learnt with another answer and have not been asked since: they are due at once.
CREATE VIEW changed_faces AS
SELECT faces.id AS face, faces.changed_from AS was, faces.changed_at AS at
  FROM faces JOIN memories ON memories.face = faces.id JOIN reviews ON reviews.seq = memories.last_review
 WHERE faces.changed_at IS NOT NULL AND reviews.at < faces.changed_at;
