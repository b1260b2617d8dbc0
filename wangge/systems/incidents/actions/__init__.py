"""What may be done with incidents and requests."""
