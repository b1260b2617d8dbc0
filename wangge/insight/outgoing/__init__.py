"""What leaves the board: small pictures and workbooks."""
