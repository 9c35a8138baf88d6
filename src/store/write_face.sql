INSERT INTO faces (id, card, key, position, front, back)
VALUES (:id, :card, :key, :position, :front, :back)
ON CONFLICT (id) DO UPDATE SET
    key = :key, position = :position, front = :front, back = :back, retired_at = NULL
