INSERT INTO marks (face, suspended, buried_until, flag, changed_at)
VALUES (:face, :suspended, :buried_until, :flag, :now)
ON CONFLICT (face) DO UPDATE SET
    suspended = :suspended, buried_until = :buried_until, flag = :flag, changed_at = :now
