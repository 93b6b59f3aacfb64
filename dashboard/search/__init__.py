"""Search over one snapshot: its index, the rows that fill it, and the words that readers type."""
