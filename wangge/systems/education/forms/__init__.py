"""What comes in from the pages, checked at the door."""
