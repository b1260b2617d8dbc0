"""Reads of the ledgers, named for whom."""
