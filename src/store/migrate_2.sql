-- Version 2: rows of the log have an identity of their own, memories know how strong they are, and
-- decks know how they are scheduled. docs/database.md explains every table and column.
-- Memories are computed anew from the log once this script has run.

-- What settings and front matter say of each deck.
CREATE TABLE decks (
    name             TEXT    NOT NULL PRIMARY KEY,
    scheduler        TEXT    NOT NULL CHECK (scheduler <> ''),
    retention        REAL    NOT NULL CHECK (retention > 0 AND retention < 1),
    longest_interval INTEGER NOT NULL CHECK (longest_interval >= 1),
    new_per_day      INTEGER CHECK (new_per_day >= 0),
    reviews_per_day  INTEGER CHECK (reviews_per_day >= 0),
    exam_day         INTEGER,
    exam_weight      REAL    CHECK (exam_weight > 0),
    exam_questions   INTEGER CHECK (exam_questions > 0)
) STRICT;

DROP INDEX reviews_by_face;
DROP INDEX reviews_by_day;
DROP INDEX memories_by_due;
DROP TRIGGER reviews_are_not_changed;
DROP TRIGGER reviews_are_not_deleted;
ALTER TABLE memories RENAME TO old_memories;
ALTER TABLE reviews RENAME TO old_reviews;

-- What was answered, and what the scheduler knew before. The truth that memories are computed from.
CREATE TABLE reviews (
    seq                INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id                 TEXT    NOT NULL UNIQUE CHECK (id <> ''),
    face               INTEGER NOT NULL REFERENCES faces (id),
    at                 INTEGER NOT NULL,
    stamp              INTEGER NOT NULL,
    utc_offset         INTEGER NOT NULL CHECK (utc_offset BETWEEN -1560 AND 1560),
    day                INTEGER NOT NULL,
    kind               TEXT    NOT NULL CHECK (kind IN ('review', 'drill', 'cram', 'paper', 'import', 'set', 'undo')),
    grade              INTEGER CHECK (grade BETWEEN 0 AND 5),
    undoes             INTEGER REFERENCES reviews (seq) CHECK (undoes <> seq),
    taken              INTEGER NOT NULL CHECK (taken >= 0),
    scheduler          TEXT    NOT NULL CHECK (scheduler <> ''),
    ease_before        INTEGER CHECK (ease_before >= 130),
    interval_before    INTEGER CHECK (interval_before >= 0),
    repetitions_before INTEGER CHECK (repetitions_before >= 0),
    lapses_before      INTEGER CHECK (lapses_before >= 0),
    answered_before    INTEGER,
    due_before         INTEGER,
    stability_before   REAL    CHECK (stability_before > 0),
    difficulty_before  REAL    CHECK (difficulty_before BETWEEN 1 AND 10),
    checksum           INTEGER,
    -- An undo names the row it takes back; it has no grade, nor has a memory that was set.
    CHECK ((kind = 'undo') = (undoes IS NOT NULL) AND (kind IN ('undo', 'set')) = (grade IS NULL)),
    -- A face that was new before has no memory at all.
    CHECK ((ease_before IS NULL) = (interval_before IS NULL)
       AND (ease_before IS NULL) = (repetitions_before IS NULL)
       AND (ease_before IS NULL) = (lapses_before IS NULL)
       AND (ease_before IS NULL) = (due_before IS NULL))
) STRICT;

INSERT INTO reviews (seq, id, face, at, stamp, utc_offset, day, kind, grade, undoes, taken, scheduler,
                     ease_before, interval_before, repetitions_before, lapses_before, due_before)
SELECT old.seq, 'v1 ' || faces.card || ' ' || old.seq || ' ' || old.at, old.face, old.at, old.at + old.seq,
       old.utc_offset, old.day, old.kind, old.grade, old.undoes, old.taken, old.scheduler,
       old.ease_before, old.interval_before, old.repetitions_before, old.lapses_before, old.due_before
  FROM old_reviews AS old JOIN faces ON faces.id = old.face
 ORDER BY old.seq;

DROP TABLE old_memories;
DROP TABLE old_reviews;

CREATE INDEX reviews_by_face ON reviews (face, stamp);
CREATE INDEX reviews_by_day ON reviews (day);
CREATE INDEX reviews_by_stamp ON reviews (stamp);
CREATE INDEX reviews_by_undoes ON reviews (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER reviews_are_not_changed BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

CREATE TRIGGER reviews_are_not_deleted BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

-- The memories that rows of kind `set` stand for; one without a row here stands for none.
CREATE TABLE placements (
    review      INTEGER NOT NULL PRIMARY KEY REFERENCES reviews (seq),
    ease        INTEGER NOT NULL CHECK (ease >= 130),
    interval    INTEGER NOT NULL CHECK (interval >= 0),
    repetitions INTEGER NOT NULL CHECK (repetitions >= 0),
    lapses      INTEGER NOT NULL CHECK (lapses >= 0),
    answered    INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    stability   REAL    NOT NULL CHECK (stability > 0),
    difficulty  REAL    NOT NULL CHECK (difficulty BETWEEN 1 AND 10)
) STRICT;

CREATE TRIGGER placements_are_not_changed BEFORE UPDATE ON placements
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

CREATE TRIGGER placements_are_not_deleted BEFORE DELETE ON placements
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

-- What the scheduler knows now: the log replayed. A face without a row is new.
CREATE TABLE memories (
    face        INTEGER NOT NULL PRIMARY KEY REFERENCES faces (id),
    scheduler   TEXT    NOT NULL CHECK (scheduler <> ''),
    ease        INTEGER NOT NULL CHECK (ease >= 130),
    interval    INTEGER NOT NULL CHECK (interval >= 0),
    repetitions INTEGER NOT NULL CHECK (repetitions >= 0),
    lapses      INTEGER NOT NULL CHECK (lapses >= 0),
    answered    INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    stability   REAL    NOT NULL CHECK (stability > 0),
    difficulty  REAL    NOT NULL CHECK (difficulty BETWEEN 1 AND 10),
    last_review INTEGER NOT NULL REFERENCES reviews (seq)
) STRICT;

CREATE INDEX memories_by_due ON memories (due);

-- What the learner wants of a face, beside learning it. A face without a row is as usual.
CREATE TABLE marks (
    face         INTEGER NOT NULL PRIMARY KEY REFERENCES faces (id),
    suspended    INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    buried_until INTEGER,
    flag         INTEGER NOT NULL CHECK (flag BETWEEN 0 AND 7),
    changed_at   INTEGER NOT NULL
) STRICT;

-- The weights of FSRS that were fitted to the log; the latest are in use.
CREATE TABLE fits (
    fitted_at   INTEGER NOT NULL PRIMARY KEY,
    answers     INTEGER NOT NULL CHECK (answers >= 0),
    loss_before REAL    NOT NULL,
    loss_after  REAL    NOT NULL,
    weights     TEXT    NOT NULL CHECK (json_type(weights) = 'array' AND json_array_length(weights) = 21)
) STRICT;

CREATE INDEX cards_by_position ON cards (position);

-- The answers that count: neither taken back nor anything else than an answer.
CREATE VIEW answers AS
SELECT seq, id, face, at, stamp, utc_offset, day, kind, grade, taken, scheduler, ease_before, interval_before,
       repetitions_before, lapses_before, answered_before, due_before, stability_before, difficulty_before
  FROM reviews
 WHERE grade IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = reviews.seq);
