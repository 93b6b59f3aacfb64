"""Pieces of the interface that several pages use."""
