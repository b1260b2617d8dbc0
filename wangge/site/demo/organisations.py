"""Firms, self-employed shops, social organisations and offices, and who works for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ground import Ground, Size
from .numbers import make_usccs

Ints = NDArray[np.int64]
FIRM, SELF, SOCIAL, PUBLIC = range(4)
CATEGORY = ("firm", "self", "social", "public")
USCC_KIND = ("91", "92", "52", "12")
_BRAND = "岚拓启恒麓川瀚禾汐照砺石屿澄朔原衡岳棠棣渊渟晏平翎穗"
# GB/T 4754 division, what the firm calls itself, what it does.
_FIRM_TRADES = (
    ("C33", "五金制品有限公司", "五金制品制造"),
    ("C38", "照明电器有限公司", "照明灯具制造"),
    ("C29", "塑料制品有限公司", "塑料制品制造"),
    ("C18", "服饰有限公司", "服装加工"),
    ("C36", "摩托车配件有限公司", "摩托车零部件制造"),
    ("G54", "物流有限公司", "道路货物运输"),
    ("E50", "装饰工程有限公司", "建筑装饰"),
    ("K70", "物业管理有限公司", "物业管理"),
    ("I65", "信息科技有限公司", "软件开发"),
    ("F51", "贸易有限公司", "日用品批发"),
)
_SHOP_TRADES = (
    ("F52", "百货店", "日用百货零售"),
    ("H62", "饭店", "餐饮服务"),
    ("H62", "茶餐厅", "餐饮服务"),
    ("O80", "理发店", "理发服务"),
    ("F52", "水果店", "水果零售"),
    ("O81", "电器维修部", "家用电器修理"),
    ("F52", "五金店", "五金零售"),
    ("F52", "药店", "药品零售"),
)
_SOCIAL = ("S95", "志愿服务队", "社区志愿服务")
_PUBLIC = (
    ("P83", "演示小学", "小学教育"),
    ("P83", "演示幼儿园", "学前教育"),
    ("Q84", "卫生服务站", "基层医疗"),
)


@dataclass
class Organisations:
    """Columns of organisations; ``room`` -1 = none; ``size`` weighs how many work there."""

    grid: Ints
    kind: Ints
    names: list[str]
    usccs: list[str | None]
    industry: list[str]
    scope: list[str]
    room: Ints
    size: NDArray[np.float64]
    source: Ints
    confirmed: NDArray[np.datetime64]


def make_organisations(
    rng: np.random.Generator,
    ground: Ground,
    size: Size,
    free_rooms: Ints,
    room_grid: Ints,
    today: np.datetime64,
) -> Organisations:
    """Exactly ``size.firms`` firms and ``size.self_employed`` shops, plus a few other bodies.

    Args:
        free_rooms: rooms nobody lives in; some become shops.
    """
    others = max(2, size.firms // 80)
    counts = (size.firms, size.self_employed, others, max(3, others // 2))
    kind = np.repeat(np.arange(4), counts)
    count = len(kind)
    weights = rng.lognormal(0, 0.6, len(ground))
    grid = rng.choice(len(ground), count, p=weights / weights.sum())
    room = np.full(count, -1)
    shops = rng.permutation(np.flatnonzero(kind <= SELF))[: len(free_rooms) // 3]
    room[shops] = rng.permutation(free_rooms)[: len(shops)]
    grid[shops] = room_grid[room[shops]]
    names, industry, scope = _name(rng, ground, grid, kind)
    staff = np.where(kind == FIRM, rng.pareto(1.1, count) * 6 + 2, np.where(kind == SELF, 1.0, 6.0))
    age = (rng.beta(1, 2, count) * 400).astype(np.int64)
    return Organisations(
        grid, kind, names, _codes(rng, kind), industry, scope, room, np.minimum(staff, 400),
        rng.choice([10, 20, 40], count, p=[0.6, 0.2, 0.2]), today - age,
    )  # fmt: skip


def _codes(rng: np.random.Generator, kind: Ints) -> list[str | None]:
    """A code each; about one shop in a hundred has not shown its licence."""
    codes: list[str | None] = []
    for number, prefix in enumerate(USCC_KIND):
        codes += make_usccs(1_000_000 * (number + 1), int((kind == number).sum()), prefix)
    for row in np.flatnonzero((kind == SELF) & (rng.random(len(kind)) < 0.01)).tolist():
        codes[row] = None
    return codes


def _name(
    rng: np.random.Generator, ground: Ground, grid: Ints, kind: Ints
) -> tuple[list[str], list[str], list[str]]:
    trades = (_FIRM_TRADES, _SHOP_TRADES, (_SOCIAL,), _PUBLIC)
    names, industry, scope = [], [], []
    brands = rng.integers(len(_BRAND), size=(len(kind), 3)).tolist()
    turns = rng.integers(10_000, size=len(kind)).tolist()
    taken: dict[tuple[str, str], int] = {}
    for number, (at, what) in enumerate(zip(grid.tolist(), kind.tolist(), strict=True)):
        code, noun, does = trades[what][turns[number] % len(trades[what])]
        brand = "".join(_BRAND[i] for i in brands[number]) if what <= SELF else ""
        name = f"{'蓬江区' if what == FIRM else ground.names[at]}{brand}{noun}"
        again = taken[ground.communities[at], name] = taken.get((ground.communities[at], name), 0) + 1
        names.append(name if again == 1 else f"{name}（{again}）")
        industry.append(code)
        scope.append(does)
    return names, industry, scope


def draw_employers(
    rng: np.random.Generator, organisations: Organisations, workers: Ints, home_grid: Ints
) -> Ints:
    """An employer for each worker: two in three near home (a neighbouring place in code order)."""
    share = organisations.size / organisations.size.sum()
    anywhere = rng.choice(len(share), len(workers), p=share)
    order = np.argsort(organisations.grid, kind="stable")
    weights = np.cumsum(organisations.size[order])
    starts = np.searchsorted(organisations.grid[order], home_grid - 2)
    ends = np.searchsorted(organisations.grid[order], home_grid + 3)
    low = np.where(starts > 0, weights[np.maximum(starts - 1, 0)], 0.0)
    high = np.where(ends > 0, weights[np.maximum(ends - 1, 0)], 0.0)
    near = np.searchsorted(weights, low + rng.random(len(workers)) * (high - low))
    near = order[np.minimum(near, len(order) - 1)]
    return np.where((rng.random(len(workers)) < 0.66) & (high > low), near, anywhere)
