INSERT INTO memories (face, scheduler, ease, interval, repetitions, lapses, answered, due, stability, difficulty,
                      last_review)
VALUES (:face, :scheduler, :ease, :interval, :repetitions, :lapses, :answered, :due, :stability, :difficulty, :last)
ON CONFLICT (face) DO UPDATE SET
    scheduler = :scheduler, ease = :ease, interval = :interval, repetitions = :repetitions, lapses = :lapses,
    answered = :answered, due = :due, stability = :stability, difficulty = :difficulty, last_review = :last
