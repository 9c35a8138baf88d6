INSERT INTO decks (name, scheduler, retention, longest_interval, new_per_day, reviews_per_day, exam_day, exam_weight,
                   exam_questions)
VALUES (:name, :scheduler, :retention, :longest_interval, :new_per_day, :reviews_per_day, :exam_day, :exam_weight,
        :exam_questions)
ON CONFLICT (name) DO UPDATE SET
    scheduler = :scheduler, retention = :retention, longest_interval = :longest_interval, new_per_day = :new_per_day,
    reviews_per_day = :reviews_per_day, exam_day = :exam_day, exam_weight = :exam_weight,
    exam_questions = :exam_questions
 -- What is as it was is not written, so that a build that changes nothing leaves the file alone.
 WHERE (scheduler, retention, longest_interval) <> (:scheduler, :retention, :longest_interval)
    OR (new_per_day, reviews_per_day, exam_day) IS NOT (:new_per_day, :reviews_per_day, :exam_day)
    OR (exam_weight, exam_questions) IS NOT (:exam_weight, :exam_questions)
