"""The desk that answers what people ask about their own data."""
