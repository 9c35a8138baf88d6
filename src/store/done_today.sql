-- What was asked on a day, deck by deck: new faces, others, and those of them that had been left undone.
SELECT cards.deck, sum(log.due_before IS NULL), sum(log.due_before IS NOT NULL), coalesce(sum(log.due_before < ?1), 0)
  FROM reviews AS log JOIN faces ON faces.id = log.face JOIN cards ON cards.id = faces.card
 WHERE log.day = ?1 AND log.kind IN ('review', 'paper')
   AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = log.seq)
 GROUP BY cards.deck
