"""The fact dictionary as data."""
