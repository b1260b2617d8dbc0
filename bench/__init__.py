"""Benchmarks: ours beside the best peer or the floor of the machine, in one run (``make bench``)."""
