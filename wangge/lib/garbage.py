"""Work that makes millions of small objects and no cycles, without the collector looking through them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """Python's collector of cycles rests in this block: it would look through every row again and again,
    a fifth of the time of a long import. Whatever is no part of a cycle is freed as always."""
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()
