coalesce((SELECT log.grade < 3
            FROM reviews AS log
           WHERE log.face = m.face AND log.grade IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = log.seq)
           ORDER BY log.stamp DESC, log.id DESC
           LIMIT 1), m.repetitions = 0)
