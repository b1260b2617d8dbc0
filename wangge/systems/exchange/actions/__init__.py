"""Asking, agreeing, comparing, ending."""
