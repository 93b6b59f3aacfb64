"""Reports: what checking a text gave, and the forms in which people and programs read it.

`report` holds the verdicts, `wording` says them line by line, `shown_text` makes what others wrote safe to
show, and `formats`, `html_format` and `json_format` write one report each::

    print(write_report(check_text(text, snapshot=snapshot), "markdown", snapshot=snapshot))
"""
