"""Reads of tours."""
