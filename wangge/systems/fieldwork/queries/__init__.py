"""Reads of the field work. All respect the caller's reach."""
