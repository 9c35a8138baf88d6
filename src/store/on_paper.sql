-- The last answer of a face that counts, where it was entered from paper for that day: number, grade.
SELECT seq, grade
  FROM (SELECT seq, grade, kind, day
          FROM reviews
         WHERE face = ?1 AND grade IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = reviews.seq)
         ORDER BY stamp DESC, id DESC
         LIMIT 1)
 WHERE kind = 'paper' AND day = ?2
