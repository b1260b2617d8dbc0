"""Writes on declarations: one verb each, journalled, atomic, ``actor`` named."""
