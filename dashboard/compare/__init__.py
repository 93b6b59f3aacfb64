"""Two charts, or two claims, beside each other: their scales and what differs.

`charts` draws one chart twice, of two days or dossiers, on the `scales` that both share; `differences`
finds from the rows behind the points what is changed, new or gone, and `difference_table` lists it, the
largest first. `claim_pair` sets two claims side by side line by line.
"""
