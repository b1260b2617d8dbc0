"""What the figures and lists of whistles are made of."""
