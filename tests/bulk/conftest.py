"""Small blocks and parts, so that small files cross their borders."""

from __future__ import annotations

import pytest

from etl.bulk import blocks, ordering, reading_ahead


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few lines, and parts and runs of a few rows."""
    read = blocks.read_blocks
    monkeypatch.setattr(reading_ahead, "read_blocks", lambda stream, file: read(stream, file=file, size=90))
    monkeypatch.setattr(ordering, "PART_ROWS", 7)
    monkeypatch.setattr(ordering, "RUN_ROWS", 11)
    monkeypatch.setattr(ordering, "_SAMPLE_STEP", 2)
