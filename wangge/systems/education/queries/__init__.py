"""What is read of sessions and materials."""
