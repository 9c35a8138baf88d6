-- What a session shows of a face that may be asked, and the last row of its log.
SELECT cards.content, faces.position, cards.end_line,
       coalesce((SELECT max(seq) FROM reviews WHERE reviews.face = faces.id), 0)
  FROM faces JOIN cards ON cards.id = faces.card
 WHERE faces.id = ? AND faces.retired_at IS NULL AND cards.retired_at IS NULL
