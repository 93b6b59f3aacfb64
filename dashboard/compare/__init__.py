"""Two charts, or two claims, beside each other: their scales and what differs."""
