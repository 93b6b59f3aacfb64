"""Opening: bytes of unknown kind become plain lines, apart from the server where they may be hostile."""
