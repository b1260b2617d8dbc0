"""What the pages of the field work are told, checked at the door."""
