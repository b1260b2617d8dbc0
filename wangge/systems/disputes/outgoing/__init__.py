"""What leaves: papers, tables, lines."""
