SELECT faces.card, faces.key, faces.front, faces.back, cards.deck, cards.kind, cards.trail, cards.tags, cards.why,
       cards.file, cards.line, coalesce(marks.suspended, 0), marks.buried_until, coalesce(marks.flag, 0),
       memories.ease, memories.interval, memories.repetitions, memories.lapses, memories.answered, memories.due,
       memories.stability, memories.difficulty,
       (SELECT was FROM changed_faces WHERE changed_faces.face = faces.id)
  FROM faces JOIN cards ON cards.id = faces.card
       LEFT JOIN memories ON memories.face = faces.id
       LEFT JOIN marks ON marks.face = faces.id
 WHERE faces.id = ?
