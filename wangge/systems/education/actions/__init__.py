"""What may be done with sessions and materials."""
