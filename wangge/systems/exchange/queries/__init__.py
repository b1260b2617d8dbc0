"""Reads of requests, of comparisons, and of who is in the register."""
