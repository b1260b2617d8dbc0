"""The pages about API clients."""
