-- Answers and remarks from Anki of which another row says the same: the same face, instant and grade. An instant may be
-- moved by up to two milliseconds on its way.
SELECT later.*
  FROM main.reviews AS later
 WHERE (later.kind = 'import' OR later.kind = 'set' AND later.seq IN (SELECT review FROM main.anki_answers))
   AND NOT EXISTS (SELECT 1 FROM main.reviews AS undo WHERE undo.undoes = later.seq)
   AND EXISTS (SELECT 1 FROM main.reviews AS first LEFT JOIN main.anki_answers AS there ON there.review = first.seq
                WHERE first.face = later.face AND first.kind = later.kind AND first.grade IS later.grade
                  AND (later.kind = 'import' OR (there.interval, there.ease, there.stage)
                    = (SELECT interval, ease, stage FROM main.anki_answers WHERE review = later.seq))
                  AND first.id < later.id AND abs(first.at - later.at) <= 2)
