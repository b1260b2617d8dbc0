"""Who is the same person: an invented population, damaged copies of it, and what is measured on them."""
