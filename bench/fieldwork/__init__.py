"""Children of the benches of the field work."""
