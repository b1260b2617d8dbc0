"""Pages of cases, shared by every system that keeps its matters here."""
