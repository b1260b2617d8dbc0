"""The demo district: invented people in a real division tree, seeded (product decision 11)."""
