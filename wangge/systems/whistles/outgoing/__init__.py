"""How whistles leave and are shown."""
