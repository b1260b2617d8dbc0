"""Addresses of the field work."""
