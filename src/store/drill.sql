(SELECT log.grade < CASE log.scheduler WHEN 'fsrs' THEN 3 ELSE 4 END
   FROM reviews AS log
  WHERE log.face = f.id AND log.day = ? AND log.kind IN ('review', 'drill')
    AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = log.seq)
  ORDER BY log.stamp DESC, log.id DESC
  LIMIT 1)
  AND f.id IN (SELECT today.face FROM reviews AS today WHERE today.day = ?)
