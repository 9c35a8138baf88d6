-- As events.sql, of all faces; the face comes last.
SELECT log.seq, log.kind, log.grade, log.day, set_to.ease, set_to.interval, set_to.repetitions, set_to.lapses,
       set_to.answered, set_to.due, set_to.stability, set_to.difficulty, log.face
  FROM reviews AS log LEFT JOIN placements AS set_to ON set_to.review = log.seq
 WHERE log.undoes IS NULL
   AND log.seq NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
 ORDER BY log.face, log.stamp, log.id
