"""All blocks of a file through its layout, in their order, a few being read at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import polars as pl

from etl.bulk.blocks import Block, open_bytes, read_blocks, read_first_line
from etl.bulk.layouts import BlockContext, BlockRead, BulkLayout

# The engine reads one block on one core: as many blocks at a time as there are cores, within bounded memory.
_FEWEST_READERS, _MOST_READERS = 2, 4
# Blocks read and not yet taken, so that no reader waits for the one before it.
_SPARE = 2


class ZerosKeptError(Exception):
    """Product codes of five digits beside codes with a leading zero: a digit is missing, not a zero."""


def read_in_order(
    path: Path, *, layout: BulkLayout, context: BlockContext
) -> Generator[BlockRead, None, None]:
    """What each block of a file gives, lines counted through the file.

    Raises: ZerosKeptError where codes got back a zero beside codes that never lost it; InputError where the
    packed file is damaged.
    """
    restored = has_zeros = False
    with open_bytes(path) as stream:
        line, _ = read_first_line(stream, file=path.name)
        line += 1
        blocks = read_blocks(stream, file=path.name)
        with closing(_read_ahead(blocks, layout=layout, context=context)) as reads:
            for read in reads:
                restored, has_zeros = restored or read.codes_restored > 0, has_zeros or read.has_leading_zeros
                if restored and has_zeros:
                    raise ZerosKeptError
                yield read.count_from(line)
                line += read.lines


def _read_ahead(
    contents: Iterator[bytes], *, layout: BulkLayout, context: BlockContext
) -> Generator[BlockRead, None, None]:
    # Two even on one core: one of them may wait for the disk.
    readers = max(_FEWEST_READERS, min(_MOST_READERS, pl.thread_pool_size()))
    waiting: deque[Future[BlockRead]] = deque()
    threads = ThreadPoolExecutor(max_workers=readers)
    try:
        for content in contents:
            waiting.append(threads.submit(layout.read_block, Block(content), context))
            if len(waiting) >= readers + _SPARE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(wait=True, cancel_futures=True)
