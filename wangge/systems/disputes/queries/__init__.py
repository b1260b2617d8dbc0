"""Reads of disputes."""
