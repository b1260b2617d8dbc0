"""What may be done to a declaration, as small named sentences and as a table of states."""
