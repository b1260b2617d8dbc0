"""The residents' door: scan, declare, receipt, my declarations. No account; a cookie holds what was sent."""
