"""Pages of declarations for the console."""
