"""Reading what comes in, without a database."""
