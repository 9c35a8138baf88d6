INSERT INTO reviews (id, face, at, stamp, utc_offset, day, kind, grade, undoes, taken, scheduler, ease_before,
                     interval_before, repetitions_before, lapses_before, answered_before, due_before,
                     stability_before, difficulty_before, checksum)
VALUES (:id, :face, :at, :stamp, :utc_offset, :day, :kind, :grade, :undoes, :taken, :scheduler, :ease,
        :interval, :repetitions, :lapses, :answered, :due, :stability, :difficulty, :checksum)
