-- Cards and faces of the database `other` that are not here, and those that it knows in a later form.

-- Cards that changed later there. Where both changed at once, the hash decides, so that either order agrees.
CREATE TABLE temp.newer AS
SELECT theirs.id
  FROM other.cards AS theirs JOIN main.cards AS ours ON ours.id = theirs.id
 WHERE (theirs.changed_at, theirs.hash) > (ours.changed_at, ours.hash);

INSERT INTO main.cards SELECT * FROM other.cards WHERE id NOT IN (SELECT id FROM main.cards);
INSERT INTO main.decks SELECT * FROM other.decks WHERE name NOT IN (SELECT name FROM main.decks);

-- Which face there is which here: by an answer that both hold, else by card and key.
CREATE TABLE temp.twins (theirs INTEGER NOT NULL PRIMARY KEY, ours INTEGER NOT NULL);
INSERT OR IGNORE INTO temp.twins
SELECT theirs.face, min(ours.face)
  FROM other.reviews AS theirs JOIN main.reviews AS ours ON ours.id = theirs.id
 GROUP BY theirs.face;
INSERT OR IGNORE INTO temp.twins
SELECT theirs.id, ours.id
  FROM other.faces AS theirs JOIN main.faces AS ours ON ours.card = theirs.card AND ours.key = theirs.key
 WHERE ours.id NOT IN (SELECT ours FROM temp.twins);
INSERT OR IGNORE INTO main.faces (card, key, number, position, front, back, changed_from, changed_at, retired_at)
SELECT card, key, number, position, front, back, changed_from, changed_at, retired_at
  FROM other.faces
 WHERE id NOT IN (SELECT theirs FROM temp.twins)
 ORDER BY id;
INSERT OR IGNORE INTO temp.twins
SELECT theirs.id, ours.id
  FROM other.faces AS theirs JOIN main.faces AS ours ON ours.card = theirs.card AND ours.key = theirs.key;

UPDATE main.cards AS ours
   SET (position, deck, kind, rule, trail, tags, why, file, line, end_line, hash, changed_at, content, was_at)
     = (theirs.position, theirs.deck, theirs.kind, theirs.rule, theirs.trail, theirs.tags, theirs.why, theirs.file,
        theirs.line, theirs.end_line, theirs.hash, theirs.changed_at, theirs.content, theirs.was_at)
  FROM other.cards AS theirs
 WHERE theirs.id = ours.id AND theirs.id IN (SELECT id FROM temp.newer);

-- Keys may have changed places, so none is given before all are free.
UPDATE main.faces SET key = 'gap:' || char(1) || id WHERE card IN (SELECT id FROM temp.newer);
UPDATE main.faces AS ours
   SET (key, number, position, front, back, changed_from, changed_at, retired_at)
     = (theirs.key, coalesce(theirs.number, ours.number), theirs.position, theirs.front, theirs.back,
        theirs.changed_from, theirs.changed_at, theirs.retired_at)
  FROM other.faces AS theirs JOIN temp.twins ON twins.theirs = theirs.id
 WHERE twins.ours = ours.id AND ours.card IN (SELECT id FROM temp.newer);

-- A card or face is retired only where both say so, or the later form of its card says so.
UPDATE main.cards AS ours
   SET retired_at = CASE WHEN theirs.retired_at IS NULL THEN NULL ELSE max(ours.retired_at, theirs.retired_at) END
  FROM other.cards AS theirs
 WHERE theirs.id = ours.id AND ours.retired_at IS NOT NULL;
UPDATE main.cards AS ours
   SET added_at = min(ours.added_at, theirs.added_at)
  FROM other.cards AS theirs
 WHERE theirs.id = ours.id AND ours.added_at > theirs.added_at;
