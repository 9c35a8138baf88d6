-- The answers that a face was given on a day: those that its schedule counts, or those of cramming.
SELECT at, grade
  FROM answers
 WHERE face = :face AND day = :day
   AND CASE WHEN :cram THEN kind = 'cram' ELSE kind IN ('review', 'drill', 'paper') END
 ORDER BY stamp, id
