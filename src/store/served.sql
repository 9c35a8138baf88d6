-- What a session shows of a face that may be asked, the last row of its log, and the build that
-- changed its answer in substance.
SELECT cards.content, faces.position, cards.end_line,
       coalesce((SELECT max(seq) FROM reviews WHERE reviews.face = faces.id), 0), faces.changed_at
  FROM faces JOIN cards ON cards.id = faces.card
 WHERE faces.id = ? AND faces.retired_at IS NULL AND cards.retired_at IS NULL
