"""Reads of whistles."""
