"""One module per page of the reference: FILE, TITLE, ABOUT and write(snapshot)."""
