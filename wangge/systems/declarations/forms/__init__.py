"""What the pages of declarations take in, checked at the door."""
