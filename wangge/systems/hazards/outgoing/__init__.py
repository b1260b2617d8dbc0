"""What leaves: tables, notices, cards."""
