-- The face that stands where one has left the notes: of a card that came into the same note with the same build,
-- the nearest.
SELECT f.id
  FROM faces AS gone JOIN cards AS old ON old.id = gone.card
       JOIN cards AS c ON c.file = old.file AND c.added_at = old.retired_at AND c.retired_at IS NULL
       JOIN faces AS f ON f.card = c.id AND f.retired_at IS NULL
 WHERE gone.id = ?
 ORDER BY abs(c.line - old.line), c.position, f.position
 LIMIT 1
