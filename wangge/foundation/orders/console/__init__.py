"""Pages of the emergency orders."""
