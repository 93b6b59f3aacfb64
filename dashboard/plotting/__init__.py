"""How charts are put together: plotly's plain dicts for traces, axes and words.

A chart makes a `Canvas` (`labels`), axes and margins for it and marks on it (`traces`), thin lines for
doubt (`intervals`), the way to a target (`targets`), and at last labels, placed where nothing lies under
them (`labels`). `stretched_time` is an axis that gives crowded years more room; `shared_scales` draws two
figures to the same axes.
"""
