"""Reads about one person's own data and the requests about it."""
