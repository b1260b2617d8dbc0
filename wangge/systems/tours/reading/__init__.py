"""The shapes of what tours say, without a database."""
