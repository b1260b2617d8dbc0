"""Ledgers on their way out: views, exports, neutral cells."""
