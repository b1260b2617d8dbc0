"""What is asked about whistles."""
