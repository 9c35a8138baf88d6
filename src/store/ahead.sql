-- Faces that may be asked, new ones, those due on the day after (or put off until then), the days until the
-- next, suspended cards, new faces that are put off.
SELECT count(*), coalesce(sum(m.face IS NULL AND coalesce(k.buried_until, ?1) <= ?1), 0),
       coalesce(sum(max(m.due, coalesce(k.buried_until, 0)) = ?1 + 1), 0),
       min(max(m.due, coalesce(k.buried_until, 0))) FILTER (WHERE max(m.due, coalesce(k.buried_until, 0)) > ?1) - ?1,
       (SELECT count(DISTINCT f.card)
          FROM marks AS k JOIN faces AS f ON f.id = k.face JOIN cards AS c ON c.id = f.card
         WHERE k.suspended AND f.retired_at IS NULL AND c.retired_at IS NULL),
       coalesce(sum(m.face IS NULL AND k.buried_until > ?1), 0)
  FROM faces AS f JOIN cards AS c ON c.id = f.card
       LEFT JOIN memories AS m ON m.face = f.id LEFT JOIN marks AS k ON k.face = f.id
 WHERE f.retired_at IS NULL AND c.retired_at IS NULL AND coalesce(k.suspended, 0) = 0
