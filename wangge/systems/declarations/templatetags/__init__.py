"""Template tags of declarations."""
