UPDATE cards
   SET position = :position, file = :file, line = :line, end_line = :end_line, retired_at = NULL
 WHERE id = :id
