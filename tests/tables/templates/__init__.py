"""Fourteen blank tables after real habits. Each says how many columns must be filled without asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.tables.templates import people, places
from tests.tables.templates.people import VBA

__all__ = ["TEMPLATES", "VBA", "Template"]


@dataclass(frozen=True)
class Template:
    """One blank table.

    unit and rows: what must come back for the first community; sheet: the one to look at; head: its last
    header row; must: columns that must be filled; hand: columns left to the hand, or new.
    """

    file: str
    draw: Callable[[], bytes]
    unit: str
    rows: int
    sheet: str
    head: int
    must: int
    hand: int = 0


# In the first community: 50 people live in 21 rooms of 3 buildings, in 18 households.
TEMPLATES = (
    Template("独居老人.xlsx", people.alone, "person", 6, "独居老人", 4, 10, 1),
    Template("采集表.xlsx", people.residents, "person", 42, "采集表", 4, 14),
    Template("户册.xlsx", places.families, "household", 18, "户册", 3, 18),
    Template("勾选表.xlsx", people.boxes, "person", 42, "勾选表", 3, 11),
    Template("分社区.xlsx", people.by_community, "person", 42, "甲社区", 2, 7),
    Template("带封面.xlsx", people.covered, "person", 42, "信息表", 4, 11),
    Template("出租屋.xlsx", places.let_rooms, "room", 6, "出租屋", 3, 10, 1),
    Template("企业.xlsx", places.firms, "organisation", 3, "企业", 2, 9),
    Template("流动人口.xlsm", people.floating, "person", 12, "流动人口", 2, 12),
    Template("楼栋.xlsx", places.houses, "building", 3, "楼栋", 2, 13),
    Template("人才.xlsx", people.talent, "person", 24, "人才", 2, 9, 1),
    Template("人口统计.xlsx", places.counts, "household", 18, "人口统计", 3, 11),
    Template("核查表.xlsx", people.inline_boxes, "person", 42, "核查", 2, 7),
    Template("简表.xlsx", people.bare, "person", 42, "Sheet1", 1, 9),
)
