-- Faces that are suspended, or put off beyond a day, in the order in which that was done.
SELECT f.id, f.card, k.suspended, k.changed_at
  FROM marks AS k JOIN faces AS f ON f.id = k.face JOIN cards AS c ON c.id = f.card
 WHERE f.retired_at IS NULL AND c.retired_at IS NULL AND (k.suspended OR k.buried_until > ?)
 ORDER BY k.changed_at, f.position, f.id
