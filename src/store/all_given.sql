SELECT face, day, grade, taken, kind, ease_before, interval_before, repetitions_before, lapses_before, answered_before,
       due_before, stability_before, difficulty_before
  FROM reviews
 WHERE grade IS NOT NULL
   AND seq NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
 ORDER BY stamp, id
