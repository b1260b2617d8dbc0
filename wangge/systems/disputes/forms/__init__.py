"""What is typed, checked at the boundary."""
