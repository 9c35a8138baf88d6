-- Faces of suspended cards, or those with a flag, in the order of the notes.
SELECT f.id
  FROM marks AS k JOIN faces AS f ON f.id = k.face JOIN cards AS c ON c.id = f.card
 WHERE f.retired_at IS NULL AND c.retired_at IS NULL AND CASE WHEN ?1 THEN k.suspended ELSE k.flag > 0 END
 ORDER BY c.position, f.position, f.id
