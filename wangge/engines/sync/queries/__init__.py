"""Reads of phones and operations, and what travels down."""
