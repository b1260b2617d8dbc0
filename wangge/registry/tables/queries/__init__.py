"""Reading what tables need."""
