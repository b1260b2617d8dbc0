"""What happens to requests for tables; see README.md for what each carries."""

REQUESTED = "table.requested"
MAPPED = "table.mapped"
FILL_REQUESTED = "table.fill_requested"
FILLED = "table.filled"
FETCHED = "table.fetched"
CLOSED = "table.closed"
PROPOSED = "table.column_proposed"
