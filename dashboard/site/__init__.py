"""The application over one snapshot: the frame, the answer to an address, the server that sends it."""
