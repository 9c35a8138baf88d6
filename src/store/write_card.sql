INSERT INTO cards (id, position, deck, kind, rule, trail, tags, why, file, line, end_line, hash, was_at, added_at,
                   changed_at)
VALUES (:id, :position, :deck, :kind, :rule, :trail, :tags, :why, :file, :line, :end_line, :hash, :was_at, :now, :now)
ON CONFLICT (id) DO UPDATE SET
    position = :position, deck = :deck, kind = :kind, rule = :rule, trail = :trail, tags = :tags, why = :why,
    -- A clock that was set back must not stop a build.
    file = :file, line = :line, end_line = :end_line, hash = :hash, was_at = :was_at,
    changed_at = max(added_at, :now), retired_at = NULL
