"""Pages of the console: the list, registering, orders of the hotline."""
