"""What the benchmark of taking declarations is made of."""
