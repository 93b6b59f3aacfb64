"""Pieces of the interface that several pages use: finished values in, components of `dash.html` out.

`chart_frame` puts a chart together from its picture, `citation_panel`, `share_panel` and `choice_menu`;
`evidence_drawer` and `checked_evidence` are what a point opens; `claim_table`, `edition_table` and
`row_table` are tables; `checked_text`, `document_text` and `marked_text` are texts with marks. `markup`
writes any of it as HTML. No component asks a snapshot or touches a table.
"""
