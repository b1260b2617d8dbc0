"""What the pages of hazards read."""
