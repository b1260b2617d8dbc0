"""Reads of the linkage, named for what is asked. All respect the caller's reach."""
