-- Answers from Anki of which another row says the same: the same face, instant and grade. An instant may be
-- moved by up to two milliseconds on its way.
SELECT later.*
  FROM main.reviews AS later
 WHERE later.kind = 'import'
   AND NOT EXISTS (SELECT 1 FROM main.reviews AS undo WHERE undo.undoes = later.seq)
   AND EXISTS (SELECT 1 FROM main.reviews AS first
                WHERE first.face = later.face AND first.kind = 'import' AND first.grade = later.grade
                  AND first.id < later.id AND abs(first.at - later.at) <= 2)
