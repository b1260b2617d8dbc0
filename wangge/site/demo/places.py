"""Estates, village lanes, self-built rentals, dormitories and high-rises with their doors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ground import HOME, Ground, Size, spread_points

VILLAGE, RENTAL, BLOCK, TOWER, DORMITORY = range(5)
# Share of all buildings; village houses are the rest (averages of spec §1.9: 3.1 rooms a building).
SHARES = {RENTAL: 0.0727, BLOCK: 0.0383, TOWER: 0.0045, DORMITORY: 0.0029}
URBAN_WEIGHT = {VILLAGE: 0.35, RENTAL: 0.8, BLOCK: 8.0, TOWER: 12.0, DORMITORY: 0.6}
HAMLETS = [
    "隆盛里",
    "仁和里",
    "永安坊",
    "东闸里",
    "西岸里",
    "南华里",
    "北溪里",
    "聚龙坊",
    "长庚里",
    "中兴里",
    "锦江里",
    "龙母坊",
]
ESTATE_A = [
    "翠湖",
    "雅景",
    "江畔",
    "锦绣",
    "逸水",
    "怡康",
    "丽日",
    "汇雅",
    "东堤",
    "北苑",
    "星汇",
    "云岸",
    "金叶",
    "玉带",
    "白鹭",
    "枫林",
    "海棠",
    "映月",
]
ESTATE_B = ["花园", "名苑", "新村", "雅居", "豪庭", "家园", "华府", "小区"]
BRANDS = ["岚拓", "启恒", "麓川", "瀚禾", "汐照", "砺石", "屿澄", "朔原", "衡岳", "棠棣", "渊渟", "晏平"]
HOME_WEIGHT = 1.6  # the community of the demo logins must not happen to be nearly empty
LANE_HOUSES, HAMLET_LANES = 24, 9
STEP_DEGREES = 0.00016  # about 16 m


@dataclass
class Places:
    """Columns of estates, buildings and rooms; ``*_of`` are indices into the column lists above."""

    estate_names: list[str]
    estate_grid: NDArray[np.int64]
    grid: NDArray[np.int64]  # per building
    kind: NDArray[np.int64]
    estate: NDArray[np.int64]  # -1 = none
    names: list[str]
    floors: NDArray[np.int64]
    units: NDArray[np.int64]
    points: NDArray[np.float64]
    building: NDArray[np.int64]  # per room
    unit: NDArray[np.int64]  # 0 = none
    floor: NDArray[np.int64]  # 0 = the whole house
    door: NDArray[np.int64]


def make_places(rng: np.random.Generator, ground: Ground, size: Size) -> Places:
    """Exactly ``size.buildings`` buildings with ``size.rooms`` rooms over the grids."""
    weights = rng.lognormal(0, 0.35, len(ground))
    weights[[name.startswith(HOME) for name in ground.names]] *= HOME_WEIGHT
    counts = {kind: max(1, round(size.buildings * share)) for kind, share in SHARES.items()}
    counts[VILLAGE] = size.buildings - sum(counts.values())
    grids: list[NDArray[np.int64]] = []
    kinds: list[NDArray[np.int64]] = []
    estates: list[NDArray[np.int64]] = []
    estate_grid: list[int] = []
    for number, count in sorted(counts.items()):
        chance = weights * np.where(ground.urban, URBAN_WEIGHT[number], 1.0)
        settled, joined = _settle(rng, number, count, chance / chance.sum(), estate_grid)
        grids.append(settled)
        estates.append(joined)
        kinds.append(np.full(count, number))
    grid, kind, estate = np.concatenate(grids), np.concatenate(kinds), np.concatenate(estates)
    order = np.lexsort((estate, kind, grid))
    return _furnish(
        rng, ground, size, grid[order], kind[order], estate[order], np.array(estate_grid, np.int64)
    )


def _settle(
    rng: np.random.Generator, kind: int, count: int, chance: NDArray[np.float64], estate_grid: list[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Grid and estate of each building; blocks and towers come as estates of about seven."""
    if kind not in (BLOCK, TOWER):
        return rng.choice(len(chance), count, p=chance), np.full(count, -1)
    homes = rng.choice(len(chance), max(1, count // 7), p=chance)
    member = np.sort(rng.integers(len(homes), size=count))
    first = len(estate_grid)
    estate_grid.extend(homes.tolist())
    return homes[member], member + first


def _furnish(
    rng: np.random.Generator,
    ground: Ground,
    size: Size,
    grid: NDArray[np.int64],
    kind: NDArray[np.int64],
    estate: NDArray[np.int64],
    estate_grid: NDArray[np.int64],
) -> Places:
    estate_names = _estate_names(rng, ground, estate_grid)
    names, clusters = _name_buildings(ground, grid, kind, estate, estate_names)
    floors, units, per_floor = _measure(rng, kind)
    rooms = _doors(rng, kind, floors, units, per_floor, size.rooms)
    points = np.full((len(grid), 2), np.nan)
    for number in range(len(ground)):
        rows = slice(*np.searchsorted(grid, [number, number + 1]))
        points[rows] = spread_points(rng, ground.shapes[number], clusters[rows], STEP_DEGREES)
    return Places(estate_names, estate_grid, grid, kind, estate, names, floors, units, points, *rooms)


def _estate_names(rng: np.random.Generator, ground: Ground, estate_grid: NDArray[np.int64]) -> list[str]:
    """Names that differ within a community (an address says no grid)."""
    taken: dict[int, int] = {}
    shift = rng.integers(len(ESTATE_A) * len(ESTATE_B), size=len(ground))
    names = []
    communities = ground.community_numbers
    for grid in estate_grid.tolist():
        community = int(communities[grid])
        turn = taken[community] = taken.get(community, -1) + 1
        number = int(shift[community]) + turn * 7
        number %= len(ESTATE_A) * len(ESTATE_B)
        phase = f"{'一二三四五六七八九'[min(turn // 144, 8)]}期" if turn >= 144 else ""
        names.append(ESTATE_A[number % len(ESTATE_A)] + ESTATE_B[number // len(ESTATE_A)] + phase)
    return names


def _name_buildings(
    ground: Ground,
    grid: NDArray[np.int64],
    kind: NDArray[np.int64],
    estate: NDArray[np.int64],
    estate_names: list[str],
) -> tuple[list[str], NDArray[np.int64]]:
    """The written house of each building and the cluster it stands in."""
    serial: dict[tuple[int, int], int] = {}
    communities = ground.community_numbers
    names, clusters = [], np.empty(len(grid), np.int64)
    keys = np.where(estate >= 0, -1 - estate, communities[grid])
    families = np.where(kind == RENTAL, VILLAGE, kind)  # rentals stand in the lanes among the houses
    for row, (key, family) in enumerate(zip(keys.tolist(), families.tolist(), strict=True)):
        number = serial[key, family] = serial.get((key, family), -1) + 1
        if family == VILLAGE:
            names.append(_lane_house(number + key % 11 * LANE_HOUSES * HAMLET_LANES))
            clusters[row] = number // LANE_HOUSES
        elif family == DORMITORY:
            names.append(_dormitory(number))
            clusters[row] = 900_000 + number // 8
        else:
            names.append(f"{estate_names[-1 - key]}{number + 1}栋")
            clusters[row] = 1_000_000 - key
    return names, _ascending(grid, clusters)


def _dormitory(number: int) -> str:
    park, block = divmod(number, 8)
    again, park = divmod(park, len(BRANDS))
    return f"{BRANDS[park]}{again + 1 if again else ''}工业园宿舍{block + 1}栋"


def _lane_house(number: int) -> str:
    lane, house = divmod(number, LANE_HOUSES)
    hamlet, lane = divmod(lane, HAMLET_LANES)
    again, hamlet = divmod(hamlet, len(HAMLETS))
    return f"{'新' * again}{HAMLETS[hamlet]}{lane + 1}巷{house + 1}号"


def _ascending(grid: NDArray[np.int64], clusters: NDArray[np.int64]) -> NDArray[np.int64]:
    """Renumber clusters so that they ascend within each grid, whatever the order of naming."""
    pairs = grid * 10_000_000 + clusters
    first = np.unique(pairs, return_index=True)[1]
    rank = np.argsort(np.argsort(first))
    numbers = rank[np.searchsorted(np.unique(pairs), pairs)]
    return np.maximum.accumulate(numbers)


def _measure(
    rng: np.random.Generator, kind: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Floors, units and doors per floor and unit by kind."""
    count = len(kind)
    ranges = {  # floors, units, doors per floor: lowest and highest
        VILLAGE: ((1, 4), (0, 0), (0, 0)),
        RENTAL: ((3, 6), (0, 0), (2, 3)),
        BLOCK: ((6, 9), (1, 3), (2, 2)),
        TOWER: ((18, 32), (0, 0), (3, 6)),
        DORMITORY: ((4, 6), (0, 0), (5, 8)),
    }
    out = [np.zeros(count, np.int64) for _ in range(3)]
    for number, limits in ranges.items():
        rows = kind == number
        for column, (low, high) in zip(out, limits, strict=True):
            column[rows] = rng.integers(low, high + 1, int(rows.sum()))
    return out[0], out[1], out[2]


def _doors(
    rng: np.random.Generator,
    kind: NDArray[np.int64],
    floors: NDArray[np.int64],
    units: NDArray[np.int64],
    per_floor: NDArray[np.int64],
    wanted: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Exactly ``wanted`` rooms: floors are added to blocks while there are too few, doors left out
    (walled-together flats, landings without a flat) while there are too many."""
    many = kind != VILLAGE
    while (
        total := int((floors * np.maximum(units, 1) * per_floor)[many].sum()) + int((~many).sum())
    ) < wanted:
        some = np.flatnonzero(many)[: max(1, (wanted - total) // 4)]
        floors[some] += 1
    counts = np.where(many, floors * np.maximum(units, 1) * per_floor, 1)
    building = np.repeat(np.arange(len(kind)), counts)
    order = np.arange(len(building)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = np.maximum(per_floor, 1)[building]
    tall = np.maximum(floors, 1)[building]
    door = order % width + 1
    floor = order // width % tall + 1
    unit = np.where(units[building] > 0, order // (width * tall) + 1, 0)
    spare = np.flatnonzero(many[building] & (order > 0))
    gone = rng.choice(spare, total - wanted, replace=False)
    keep = np.ones(len(building), bool)
    keep[gone] = False
    whole = ~many[building]
    floor[whole], door[whole] = 0, 0
    return building[keep], unit[keep], floor[keep], door[keep]
