-- Version 3: the review shows cards with all their marks, and knows which notes they were built from.

-- The card as JSON: body and explanation with all marks. Null until the next build fills it in.
ALTER TABLE cards ADD COLUMN content TEXT CHECK (json_type(content) = 'object');

-- The paths that the last build was given, as they were typed, in their order.
CREATE TABLE origins (
    position INTEGER NOT NULL PRIMARY KEY,
    path     TEXT    NOT NULL
) STRICT;
