"""What goes out as workbooks: the flags of one list, the ledger of comparisons."""
