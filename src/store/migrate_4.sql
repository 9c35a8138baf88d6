-- Version 4: what Anki knows of a face and of each answer is kept as Anki had it, so that it can be
-- handed back unchanged. docs/database.md explains every table and column.

-- Answers that came from Anki, in Anki's own terms.
CREATE TABLE anki_answers (
    review        INTEGER NOT NULL PRIMARY KEY REFERENCES reviews (seq),
    interval      INTEGER NOT NULL,
    last_interval INTEGER NOT NULL,
    ease          INTEGER NOT NULL,
    stage         INTEGER NOT NULL
) STRICT;

-- The state that Anki had given a face when it was brought in; it holds until the face is answered here.
CREATE TABLE anki_cards (
    face        INTEGER NOT NULL PRIMARY KEY REFERENCES faces (id),
    last_review INTEGER NOT NULL,
    day_zero    INTEGER NOT NULL,
    stage       INTEGER NOT NULL,
    queue       INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    interval    INTEGER NOT NULL,
    ease        INTEGER NOT NULL,
    repetitions INTEGER NOT NULL,
    lapses      INTEGER NOT NULL,
    remaining   INTEGER NOT NULL,
    data        TEXT    NOT NULL
) STRICT;
