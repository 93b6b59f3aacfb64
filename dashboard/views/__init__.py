"""Table work of the pages: rows of a snapshot as plain records, ready to be shown.

`dossiers` says which dossier and day an address means, and every other module starts from there.
`chart_rows` and `supplier_windows` serve charts; `claims`, `claim_pairs`, `documents`, `editions`,
`ribbons`, `arms_orders`, `printed_counts`, `key_facts` and `tables` lists and leads of pages;
`rule_examples` over `written_sentences` and `method_figures` the Methods page. `sides` and `days` are for
comparing, `short_sources` for lines under charts.
"""
