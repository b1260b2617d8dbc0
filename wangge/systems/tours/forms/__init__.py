"""What the pages of tours ask."""
