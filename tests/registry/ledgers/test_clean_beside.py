"""A long ledger is cleaned by a second process, and comes out as if one had read it alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest

from wangge.registry.ledgers.pipeline import cleaning
from wangge.registry.ledgers.pipeline.clean import CleaningContext
from wangge.registry.ledgers.pipeline.cleaning import Work, cleaned_works, helper
from wangge.registry.ledgers.pipeline.packing import Packed, unpacked

CONTEXT = CleaningContext(demo=True, today=date(2026, 11, 23), home="440703")
NAMES = [["张三", "李四", "王五"], ["赵六", "钱七", "孙八"], ["周九", "吴十", "郑甲"]]
HOMES = [["丰雅花园1栋101", "同上", "丰雅花园1栋102"], ["同上", "〃", "丰雅花园2栋202"], ["同上", "", "同上"]]


def works(upset: Any = None) -> Iterator[Work]:
    """Three chunks of a sheet whose first home is that of many rows."""
    for number, (names, homes) in enumerate(zip(NAMES, HOMES, strict=True)):
        if upset and number == 2:
            upset()
        columns = {
            "serial": [1.0, 2.0, 3.0],
            "name": names,
            "residence": homes,
            "birth": ["", date(1990, 1, 2), None],
        }
        yield Work(columns, 0, [3 * number + 1, 3 * number + 2, 3 * number + 3], CONTEXT)


def read(**how: Any) -> list[dict[str, Any]]:
    return [line for done in cleaned_works(works(**how)) for line in done.frame.to_dicts()]


def read_beside(**how: Any) -> list[dict[str, Any]]:
    with helper(wanted=True) as pool:
        return [line for done in cleaned_works(works(**how), pool) for line in done.frame.to_dicts()]


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning.os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_cores")
def test_the_other_process_says_the_same_and_knows_what_stood_in_the_chunk_before() -> None:
    lines = read_beside()
    assert lines == read()
    assert [line["residence"] for line in lines][3:5] == ["丰雅花园1栋102"] * 2


@pytest.mark.usefixtures("two_cores")
def test_a_ledger_whose_second_process_is_killed_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "AHEAD", 0)

    def kill() -> None:
        for task in os.listdir("/proc/self/task"):
            path = f"/proc/self/task/{task}/children"  # a thread may end meanwhile
            with suppress(FileNotFoundError), open(path, encoding="ascii") as children:
                for child in map(int, children.read().split()):
                    with open(f"/proc/{child}/cmdline", encoding="utf-8") as command:
                        if "spawn_main" in command.read():
                            os.kill(child, signal.SIGKILL)

    assert read_beside(upset=kill) == read()


@pytest.mark.parametrize(
    "cells",
    [
        ["甲", "", "乙"], [1.0, float("inf"), -0.0], 
        ["甲", None, 1.0, True, date(2020, 1, 2), datetime(2020, 1, 2, 3)],
        ["", ""], ["a\0b", 1, "c"], [None], [1.0, None],
    ],
)  # fmt: skip
def test_a_packed_column_is_the_column_it_was(cells: list[Any]) -> None:
    again = unpacked(Packed.of(cells))
    assert again == cells
    assert list(map(type, again)) == list(map(type, cells))
