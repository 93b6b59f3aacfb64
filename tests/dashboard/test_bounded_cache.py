"""What is kept takes no more room than it may, whatever is asked for in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.site.bounded_cache import BoundedCache

MOST = 100


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    cache: BoundedCache[str, str] = BoundedCache(most_bytes=MOST)
    cache.keep("a", "first", size=60)
    cache.keep("b", "second", size=30)
    assert cache.find("a") == "first"
    cache.keep("c", "third", size=30)
    assert [cache.find(key) for key in "abc"] == ["first", None, "third"]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 2 * MOST))))
def test_what_is_kept_is_the_last_of_its_key_and_never_too_much(kept: list[tuple[str, int]]) -> None:
    cache: BoundedCache[str, int] = BoundedCache(most_bytes=MOST)
    for key, size in kept:
        cache.keep(key, size, size=size)
    last = dict(kept)
    found = {key: cache.find(key) for key in last}
    assert sum(size for size in found.values() if size is not None) <= MOST
    assert all(size in {None, last[key]} for key, size in found.items())
