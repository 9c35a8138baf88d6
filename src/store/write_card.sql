INSERT INTO cards (id, position, deck, kind, rule, trail, tags, why, content, file, line, end_line, hash, added_at, changed_at)
VALUES (:id, :position, :deck, :kind, :rule, :trail, :tags, :why, :content, :file, :line, :end_line, :hash, :now, :now)
ON CONFLICT (id) DO UPDATE SET
    position = :position, deck = :deck, kind = :kind, rule = :rule, trail = :trail, tags = :tags, why = :why,
    content = :content, file = :file, line = :line, end_line = :end_line, hash = :hash, retired_at = NULL,
    -- A clock that was set back must not stop a build. What an older recto left out is filled in, not changed.
    changed_at = CASE WHEN content IS NULL THEN changed_at ELSE max(added_at, :now) END
