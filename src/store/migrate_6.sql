-- Version 6: several decks in one folder, each with what it was built from.

ALTER TABLE origins RENAME TO origins_of_one;
CREATE TABLE origins (
    deck     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    path     TEXT,
    PRIMARY KEY (deck, position)
) STRICT;
INSERT INTO origins (deck, position, path) SELECT '', position, path FROM origins_of_one ORDER BY position;
DROP TABLE origins_of_one;
