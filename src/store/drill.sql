EXISTS (SELECT 1 FROM reviews AS log
         WHERE log.face = f.id AND log.day = ? AND log.kind IN ('review', 'drill')
           AND log.grade < CASE log.scheduler WHEN 'fsrs' THEN 3 ELSE 4 END
           AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = log.seq))
  AND f.id IN (SELECT today.face FROM reviews AS today WHERE today.day = ?)
