-- The rows of one face's log that are not taken back, in their order.
SELECT log.seq, log.kind, log.grade, log.day, set_to.ease, set_to.interval, set_to.repetitions, set_to.lapses,
       set_to.answered, set_to.due, set_to.stability, set_to.difficulty
  FROM reviews AS log LEFT JOIN placements AS set_to ON set_to.review = log.seq
 WHERE log.face = ? AND log.undoes IS NULL
   AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = log.seq)
 ORDER BY log.stamp, log.id
