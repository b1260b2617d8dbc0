"""A data pack of the field work: scenes, frequencies of visits and duties as files (product decision 8:
what nobody official said is marked 示例). A pack ships with the product; a district may bring its own."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .flow import FlowFault, check_flow

SHIPPED = Path(__file__).resolve().parents[1] / "packs" / "default"
KINDS = {"daily", "weekly", "monthly"}
PERIODS = {"week", "month", "quarter", "half_year", "year"}


class PackFault(ValueError):
    """A pack that cannot be read: says in which file, where and why."""


@dataclass(frozen=True)
class PackScene:
    """One scene of a pack."""

    key: str
    kind: str
    name: str
    objects: str = ""
    every: list[int] = field(default_factory=list)
    order_only: bool = False
    items: list[tuple[str, str]] = field(default_factory=list)  # name, how to judge
    flow: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class PackRule:
    """How often people of a class and level are visited; class "" means any household."""

    care_class: str
    level: str
    times: int
    period: str
    name: str


@dataclass(frozen=True)
class Pack:
    """All of a pack; ``duties`` and ``categories`` are the duty list (S76, S82)."""

    scenes: list[PackScene]
    rules: list[PackRule]
    duties: list[dict[str, Any]]
    categories: list[dict[str, Any]]


def read_pack(folder: Path | None = None) -> Pack:
    """Read a pack, by default the one that is shipped.

    Raises:
        PackFault: a file is missing or broken, a flow cannot be walked, a key stands twice.
    """
    folder = folder or SHIPPED
    told = _toml(folder / "scenes.toml")
    flows = {name: [_step(step) for step in steps] for name, steps in told.get("flows", {}).items()}
    for name, steps in flows.items():
        try:
            check_flow(steps)
        except FlowFault as fault:
            raise PackFault(f"scenes.toml 流程 {name}：{fault}") from fault
    scenes = [_scene(row, flows) for row in told.get("scene", [])]
    keys = [scene.key for scene in scenes]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise PackFault(f"scenes.toml：场景编号重复：{'、'.join(sorted(twice))}。")
    listed = read_duties(folder)
    return Pack(scenes, list(_rules(folder / "visit_rules.csv")), listed[0], listed[1])


def read_duties(folder: Path | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Only the duty list: duties, and which category of grid worker has which."""
    told = _toml((folder or SHIPPED) / "duties.toml")
    return told.get("duty", []), told.get("category", [])


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as missing:
        raise PackFault(f"缺少文件 {path.name}。") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise PackFault(f"{path.name} 不是正确的 TOML（UTF-8）：{broken}") from broken


def _step(row: list[Any]) -> dict[str, Any]:
    name, who, then = row
    return {"name": name, "who": who, "then": [[words, number - 1] for words, number in then]}


def _scene(row: Mapping[str, Any], flows: Mapping[str, list[dict[str, Any]]]) -> PackScene:
    key = str(row.get("key", ""))
    if row.get("kind") not in KINDS or not row.get("name") or not key:
        raise PackFault(
            f"scenes.toml 场景 {key or '（无编号）'}：要有 key、name，kind 为 daily、weekly、monthly。"
        )
    flow = row.get("flow", "")
    if flow and flow not in flows:
        raise PackFault(f"scenes.toml 场景 {key}：没有名为 {flow} 的流程。")
    every = list(row.get("every", []))
    if not set(every) <= set(range(1, 8)):
        raise PackFault(f"scenes.toml 场景 {key}：every 只能是 1 到 7。")
    return PackScene(
        key, row["kind"], row["name"], row.get("objects", ""), every, bool(row.get("order_only")),
        [(str(name), str(hint)) for name, hint in row.get("items", [])], flows[flow] if flow else [],
    )  # fmt: skip


def _rules(path: Path) -> Any:
    if not path.exists():
        raise PackFault(f"缺少文件 {path.name}。")
    lines = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    for number, line in enumerate(lines, 2):
        times, period = (line.get("times") or "").strip(), (line.get("period") or "").strip()
        if not times.isdecimal() or not 1 <= int(times) <= 31 or period not in PERIODS:
            raise PackFault(
                f"{path.name} 第 {number} 行：次数应为 1 至 31，周期应为 {'、'.join(sorted(PERIODS))}。"
            )
        yield PackRule(
            line["care_class"].strip(), line["level"].strip(), int(times), period, line["name"].strip()
        )
