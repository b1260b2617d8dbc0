"""The demo district: invented people in a real division tree, seeded and deterministic (product decision 11)."""
