"""What phones send, and what becomes of it."""
