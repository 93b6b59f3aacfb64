"""How charts are put together: traces, axes, labels, intervals, scales."""
