"""Pages of publicity and education."""
