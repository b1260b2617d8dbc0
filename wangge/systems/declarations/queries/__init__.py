"""Reads of declarations, named for whom they are."""
