INSERT INTO faces (id, card, key, number, position, front, back)
VALUES (:id, :card, :key, :number, :position, :front, :back)
ON CONFLICT (id) DO UPDATE SET
    key = :key, number = :number, position = :position, front = :front, back = :back, retired_at = NULL
