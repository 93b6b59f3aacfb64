"""Opening: bytes of unknown kind become plain lines, apart from the server where they may be hostile.

`refusals` turns away by the first bytes what is no text, `byte_text` finds the encoding. PDF and markup are
read by scripts of their own (`pdf_lines`, `markup_lines`) which `child_process` runs within the limits that
`bounded_child` sets; `markdown_text` makes Markdown ready for the latter. `page_lines` and `joined_lines`
then put lines together into paragraphs.
"""
