"""How large and how deep a file from outside may be: every bound of the readers, with where it comes from."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024
# A workbook of a megabyte can unpack to many gigabytes, and one far-off cell makes a sheet of 17 billion. The
# largest publisher's workbook at hand unpacks to 30 MiB and has 80,000 cells.
LARGEST_UNPACKED = 256 * MEBIBYTE
MOST_CELLS = 4_000_000
# A page of every eight-digit code is 8 MB, and eight times that is refused; the same for answers in JSON.
LARGEST_PAGE = LARGEST_JSON = 64 * MEBIBYTE
# The widest table of the data bank has a dozen columns. What claims to span more cells than a page has is
# damaged, and would be copied as often.
WIDEST_SPAN, TALLEST_SPAN = 60, 40
# Pages lay themselves out with three or four tables within each other; each level is read once more.
DEEPEST_TABLES = 20
# Twice the most records that one answer of UN Comtrade holds.
MOST_RECORDS = 500_000
# Lines above a table are sentences: of a longer one no more is looked at, for patterns with two open ends
# take the square of its length.
LONGEST_TITLE = 1_000
# What a reader may take, first for any file and then for each mebibyte or byte of it. The slowest publisher's
# file takes a second a mebibyte, and the most memory that one takes is a dozen times its size.
READING_SECONDS, READING_SECONDS_PER_MEBIBYTE = 1.5, 3.0
READING_MEMORY, READING_MEMORY_PER_BYTE = 512 * MEBIBYTE, 24
# Eight times the largest workbook at hand; a table of more leaves its publisher as text.
LARGEST_APART = 64 * MEBIBYTE
