"""Children of the bench of cases."""
