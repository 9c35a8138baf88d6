-- Rows of the log of the database `other` that are not here, with what belongs to them.

-- Faces whose memory may change.
CREATE TABLE temp.changed AS
SELECT DISTINCT twins.ours AS face
  FROM other.reviews AS theirs JOIN temp.twins ON twins.theirs = theirs.face
 WHERE theirs.id NOT IN (SELECT id FROM main.reviews)
UNION
SELECT faces.id FROM main.faces WHERE faces.card IN (SELECT id FROM temp.newer);

INSERT INTO main.reviews (id, face, at, stamp, utc_offset, day, kind, grade, undoes, taken, scheduler, ease_before,
                          interval_before, repetitions_before, lapses_before, answered_before, due_before,
                          stability_before, difficulty_before, checksum)
SELECT theirs.id, twins.ours, theirs.at, theirs.stamp, theirs.utc_offset, theirs.day, theirs.kind, theirs.grade, NULL,
       theirs.taken, theirs.scheduler, theirs.ease_before, theirs.interval_before, theirs.repetitions_before,
       theirs.lapses_before, theirs.answered_before, theirs.due_before, theirs.stability_before,
       theirs.difficulty_before, theirs.checksum
  FROM other.reviews AS theirs JOIN temp.twins ON twins.theirs = theirs.face
 WHERE theirs.undoes IS NULL AND theirs.id NOT IN (SELECT id FROM main.reviews)
 ORDER BY theirs.stamp, theirs.id;

-- What they take back is here by now.
INSERT INTO main.reviews (id, face, at, stamp, utc_offset, day, kind, grade, undoes, taken, scheduler, ease_before,
                          interval_before, repetitions_before, lapses_before, answered_before, due_before,
                          stability_before, difficulty_before, checksum)
SELECT theirs.id, twins.ours, theirs.at, theirs.stamp, theirs.utc_offset, theirs.day, theirs.kind, NULL, undone.seq,
       theirs.taken, theirs.scheduler, theirs.ease_before, theirs.interval_before, theirs.repetitions_before,
       theirs.lapses_before, theirs.answered_before, theirs.due_before, theirs.stability_before,
       theirs.difficulty_before, theirs.checksum
  FROM other.reviews AS theirs JOIN temp.twins ON twins.theirs = theirs.face
       JOIN other.reviews AS target ON target.seq = theirs.undoes
       JOIN main.reviews AS undone ON undone.id = target.id
 WHERE theirs.id NOT IN (SELECT id FROM main.reviews)
 ORDER BY theirs.stamp, theirs.id;

INSERT OR IGNORE INTO main.placements
SELECT ours.seq, set_to.ease, set_to.interval, set_to.repetitions, set_to.lapses, set_to.answered, set_to.due,
       set_to.stability, set_to.difficulty
  FROM other.placements AS set_to JOIN other.reviews AS theirs ON theirs.seq = set_to.review
       JOIN main.reviews AS ours ON ours.id = theirs.id;

-- The later wish holds.
INSERT INTO main.marks (face, suspended, buried_until, flag, changed_at)
SELECT twins.ours, theirs.suspended, theirs.buried_until, theirs.flag, theirs.changed_at
  FROM other.marks AS theirs JOIN temp.twins ON twins.theirs = theirs.face
 WHERE true
ON CONFLICT (face) DO UPDATE SET
    suspended = excluded.suspended, buried_until = excluded.buried_until, flag = excluded.flag,
    changed_at = excluded.changed_at
 WHERE (excluded.changed_at, excluded.suspended, coalesce(excluded.buried_until, 0), excluded.flag)
     > (changed_at, suspended, coalesce(buried_until, 0), flag);

INSERT INTO main.fits SELECT * FROM other.fits WHERE true
ON CONFLICT (fitted_at) DO UPDATE SET
    answers = excluded.answers, loss_before = excluded.loss_before, loss_after = excluded.loss_after,
    weights = excluded.weights
 WHERE excluded.weights > fits.weights;
