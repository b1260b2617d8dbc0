"""What goes out: pictures and workbooks."""
