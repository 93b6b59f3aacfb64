"""Limits: how much of a text is read, and what reading it may cost."""

from __future__ import annotations

MEGABYTE = 1_000_000
LARGEST_TEXT_BYTES = 2 * MEGABYTE
LARGEST_PAGE_BYTES = 5 * MEGABYTE
LARGEST_PDF_BYTES = 20 * MEGABYTE
SIZES_READ = "at most 2 MB of text or Markdown, 5 MB of HTML and 20 MB of PDF are read"
# Of text once it is opened: a 1,000-word article has 6,000 characters.
MOST_CHARACTERS = 2_000_000
MOST_PDF_PAGES = 500

# What a child process may take; a PDF of 500 dense pages takes about 3 seconds and 150 MB.
# A PDF stops at the page that its seconds end on; the child ends a page that goes on for longer.
PDF_READING_SECONDS, PDF_CPU_SECONDS = 4, 8
MARKUP_CPU_SECONDS = 4
CHILD_WALL_SECONDS = 20.0
CHILD_MEMORY_BYTES = 640 * MEGABYTE
# Children at the same time, and how long another one waits for its turn.
MOST_CHILDREN = 2
TURN_SECONDS = 20.0
