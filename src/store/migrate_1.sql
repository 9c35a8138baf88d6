-- The review database, version 1. docs/database.md explains every table and column.
-- Instants are milliseconds since 1970-01-01T00:00Z; days are whole days since 1970-01-01 in the learner's calendar.

-- What the notes say, as the last build left it.
CREATE TABLE cards (
    id         TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 12 AND id NOT GLOB '*[^0-9A-Za-z]*'),
    position   INTEGER NOT NULL CHECK (position >= 0),
    deck       TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind <> ''),
    rule       TEXT    NOT NULL,
    trail      TEXT    NOT NULL CHECK (json_type(trail) = 'array'),
    tags       TEXT    NOT NULL CHECK (json_type(tags) = 'array'),
    why        TEXT,
    file       TEXT    NOT NULL,
    line       INTEGER NOT NULL CHECK (line >= 1),
    end_line   INTEGER NOT NULL CHECK (end_line >= line),
    hash       TEXT    NOT NULL,
    added_at   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL CHECK (changed_at >= added_at),
    retired_at INTEGER
) STRICT;

-- The sides that are asked, each scheduled on its own.
CREATE TABLE faces (
    id         INTEGER NOT NULL PRIMARY KEY,
    card       TEXT    NOT NULL REFERENCES cards (id),
    key        TEXT    NOT NULL CHECK (key IN ('front', 'back') OR key GLOB 'gap:*'),
    position   INTEGER NOT NULL CHECK (position >= 0),
    front      TEXT    NOT NULL,
    back       TEXT    NOT NULL,
    retired_at INTEGER,
    UNIQUE (card, key)
) STRICT;

-- What was answered, and what the scheduler knew before. The truth that memories are computed from.
CREATE TABLE reviews (
    seq                INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    face               INTEGER NOT NULL REFERENCES faces (id),
    at                 INTEGER NOT NULL,
    utc_offset         INTEGER NOT NULL CHECK (utc_offset BETWEEN -1080 AND 1080),
    day                INTEGER NOT NULL,
    kind               TEXT    NOT NULL CHECK (kind IN ('review', 'drill', 'cram', 'paper', 'import', 'undo')),
    grade              INTEGER CHECK (grade BETWEEN 0 AND 5),
    undoes             INTEGER UNIQUE REFERENCES reviews (seq) CHECK (undoes < seq),
    taken              INTEGER NOT NULL CHECK (taken >= 0),
    scheduler          TEXT    NOT NULL CHECK (scheduler <> ''),
    ease_before        INTEGER CHECK (ease_before >= 130),
    interval_before    INTEGER CHECK (interval_before >= 0),
    repetitions_before INTEGER CHECK (repetitions_before >= 0),
    lapses_before      INTEGER CHECK (lapses_before >= 0),
    due_before         INTEGER,
    -- An undo names the row it takes back, an answer has a grade.
    CHECK ((kind = 'undo') = (undoes IS NOT NULL) AND (kind = 'undo') = (grade IS NULL)),
    -- A face that was new before has no memory at all.
    CHECK ((ease_before IS NULL) = (interval_before IS NULL)
       AND (ease_before IS NULL) = (repetitions_before IS NULL)
       AND (ease_before IS NULL) = (lapses_before IS NULL)
       AND (ease_before IS NULL) = (due_before IS NULL))
) STRICT;

CREATE INDEX reviews_by_face ON reviews (face, seq);
CREATE INDEX reviews_by_day ON reviews (day);

CREATE TRIGGER reviews_are_not_changed BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

CREATE TRIGGER reviews_are_not_deleted BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

-- What the scheduler knows now: the log replayed. A face without a row is new.
CREATE TABLE memories (
    face        INTEGER NOT NULL PRIMARY KEY REFERENCES faces (id),
    scheduler   TEXT    NOT NULL CHECK (scheduler <> ''),
    ease        INTEGER NOT NULL CHECK (ease >= 130),
    interval    INTEGER NOT NULL CHECK (interval >= 0),
    repetitions INTEGER NOT NULL CHECK (repetitions >= 0),
    lapses      INTEGER NOT NULL CHECK (lapses >= 0),
    due         INTEGER NOT NULL,
    last_review INTEGER NOT NULL REFERENCES reviews (seq)
) STRICT;

CREATE INDEX memories_by_due ON memories (due);

-- The faces that may be asked: neither their card nor their gap has left the notes.
CREATE VIEW live_faces AS
SELECT faces.id, faces.card, faces.key, faces.front, faces.back, cards.deck, cards.kind, cards.trail, cards.tags,
       cards.why, cards.file, cards.line, cards.position AS card_position, faces.position AS face_position
  FROM faces JOIN cards ON cards.id = faces.card
 WHERE cards.retired_at IS NULL AND faces.retired_at IS NULL;
