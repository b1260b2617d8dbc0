"""The converter runs in a process of its own; what it made of a workbook once is not asked again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from wangge.engines.forms.checking import convert


@pytest.fixture(scope="session")
def _remembered():
    return lru_cache(convert._ask_child)


@pytest.fixture(autouse=True)
def _asks_the_child_once(_remembered, request, monkeypatch) -> Iterator[None]:
    if request.module.__name__.rpartition(".")[2] != "test_check_form":
        monkeypatch.setattr(convert, "_ask_child", _remembered)
    yield
