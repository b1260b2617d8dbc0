"""What was sent or shipped, checked without the database."""
