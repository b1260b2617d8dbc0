"""The console pages of the field work."""
