"""Writes of the field work: one verb each, journalled, atomic, ``actor`` named."""
