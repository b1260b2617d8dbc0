"""Pages without account: whoever proves a phone sees the groups of that phone, and nothing else."""
