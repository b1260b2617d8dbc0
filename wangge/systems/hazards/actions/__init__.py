"""What may be done with hazards."""
