"""What the pages of requests take in."""
