SELECT faces.id, cards.deck, cards.kind, cards.tags, faces.front, cards.file, cards.line,
       coalesce(marks.suspended, 0), marks.buried_until, coalesce(marks.flag, 0), memories.ease, memories.interval,
       memories.repetitions, memories.lapses, memories.answered, memories.due, memories.stability, memories.difficulty,
       faces.card
  FROM faces JOIN cards ON cards.id = faces.card
       LEFT JOIN memories ON memories.face = faces.id
       LEFT JOIN marks ON marks.face = faces.id
 WHERE faces.retired_at IS NULL AND cards.retired_at IS NULL
 ORDER BY cards.position, faces.position, faces.id
