"""Reads of incidents and requests."""
