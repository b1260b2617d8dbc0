"""What leaves: pictures and workbooks."""
