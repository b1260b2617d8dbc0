"""What may be done with tours."""
