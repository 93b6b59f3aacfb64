"""The most memory that this process has held."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

STATUS = Path("/proc/self/status")
KEBIBYTES_PER_MEBIBYTE = 1024


def measure_peak_memory(*, status: Path = STATUS) -> float | None:
    """Peak resident memory in MiB; None where neither the kernel's status file nor `resource` tells it."""
    # The kernel's own mark comes first: that of `resource` starts from what the starting process held.
    if status.exists():
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return round(int(peak.split()[1]) / KEBIBYTES_PER_MEBIBYTE, 1)
    try:
        resource = import_module("resource")
    except ImportError:
        return None
    held: float = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    in_kibibytes = held if sys.platform != "darwin" else held / KEBIBYTES_PER_MEBIBYTE
    return round(in_kibibytes / KEBIBYTES_PER_MEBIBYTE, 1)
