"""Containers that several layouts share, as text cells: what a cell means is the layout's affair."""
