"""What tours give out: the map, the one-page briefing."""
