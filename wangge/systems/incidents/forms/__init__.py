"""What the pages take in, checked at the door."""
