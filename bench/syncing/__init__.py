"""Phones for the benches of the sync: a district to hold, what a phone asks, many phones at once."""
