"""What may be done with whistles."""
