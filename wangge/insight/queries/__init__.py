"""Reads over all systems: sums of kept counts, the rows behind them, what is late."""
