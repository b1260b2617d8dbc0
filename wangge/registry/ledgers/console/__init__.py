"""Console pages of the ledgers."""
