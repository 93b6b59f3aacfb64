"""Table work of the pages: what lists show, as plain records."""
