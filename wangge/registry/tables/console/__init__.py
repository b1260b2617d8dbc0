"""Pages of departmental tables."""
