"""The residents' door: report, follow by the receipt, say whether it is solved; no account."""
