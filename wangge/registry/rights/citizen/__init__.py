"""The residents' pages about their own data."""
