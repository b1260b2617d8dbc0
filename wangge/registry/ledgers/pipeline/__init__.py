"""From raw cells to rows of the register: clean → tell persons apart → find them → decide → write.

The dry run and the import are the same steps; only the last one differs.
"""
