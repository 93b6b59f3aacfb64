"""What was made before, for as long as it takes no more room than it may."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Values by key, those asked for last, up to so many bytes in all; threads may share it."""

    def __init__(self, *, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Key) -> Value | None:
        """A value that is kept."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def keep(self, key: Key, value: Value, *, size: int) -> None:
        """Keeps a value of so many bytes, and lets those go that were not asked for longest."""
        with self._lock:
            _, former_size = self._values.pop(key, (None, 0))
            self._bytes += size - former_size
            self._values[key] = (value, size)
            while self._bytes > self.most_bytes:
                _, (_, gone) = self._values.popitem(last=False)
                self._bytes -= gone
