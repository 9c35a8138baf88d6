-- The last answer that counts and was given here: number, face, grade, kind.
SELECT seq, face, grade, kind
  FROM reviews
 WHERE grade IS NOT NULL AND kind <> 'import'
   AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = reviews.seq)
 ORDER BY stamp DESC, id DESC
 LIMIT 1
