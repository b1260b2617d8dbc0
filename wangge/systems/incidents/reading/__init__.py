"""Pure: what words and workbooks say."""
