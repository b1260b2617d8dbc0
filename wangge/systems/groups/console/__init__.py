"""The community's pages of groups."""
