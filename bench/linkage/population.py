"""An invented population in households: what families share, twins, grandfather and grandson of one name."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wangge.site.demo.names import draw_surnames, make_names, surname_table
from wangge.site.demo.numbers import make_ids, make_phones

Ints = NDArray[np.int64]
ESTATES = [
    f"{a}{b}{c}"
    for a in "丰金碧翠锦星江海天凤东华"
    for b in "雅湖泰景悦荣汇河"
    for c in ("花园", "苑", "小区", "新村")
]
ROADS = [
    f"{a}{b}{c}" for a in "胜建育港迎江东堤" for b in "利设德口宾华海中" for c in ("路", "一路", "街", "里")
]
FIRMS = [
    f"{a}{b}{c}"
    for a in "恒盛宏永新大"
    for b in "达发源利泰和"
    for c in ("电子厂", "贸易有限公司", "食品有限公司", "五金厂")
]
# role in a household: how old, compared with its head
ROLES = ("head", "spouse", "child", "child", "parent", "parent")
SIZES, SHARES = np.array([1, 2, 3, 4, 5, 6]), np.array([0.22, 0.25, 0.25, 0.16, 0.08, 0.04])


def make_people(count: int, seed: int) -> pl.DataFrame:
    """``count`` different persons.

    Returns: id_no, name, sex (男/女), birth (ISO), phone, address, head, employer, household; all filled.
    """
    rng = np.random.default_rng(seed)
    sizes = rng.choice(SIZES, count, p=SHARES)
    home = np.repeat(np.arange(count), sizes)[:count]
    place = np.arange(count) - np.searchsorted(home, home)
    born, male = _births(rng, home, place)
    surnames = _surnames(rng, home, place)
    years = born.astype("datetime64[Y]").astype(np.int64) + 1970
    sexes = np.where(male, "1", "2")
    names, _ = make_names(rng, surnames, sexes, years)
    _namesakes(rng, names, home, place, male)
    head = names[np.searchsorted(home, home)]
    return pl.DataFrame(
        {
            "id_no": _ids(born, male),
            "name": names.astype(str),
            "sex": np.where(male, "男", "女"),
            "birth": np.datetime_as_string(born, "D"),
            "phone": _phones(rng, home, place, years),
            "address": _addresses(rng, home),
            "head": head.astype(str),
            "employer": _employers(rng, years),
            "household": home,
        }
    )


def _births(
    rng: np.random.Generator, home: Ints, place: Ints
) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    heads = rng.integers(28, 62, home.max() + 1)[home]
    shift = np.array([0, 2, 27, 29, -26, -27])[np.minimum(place, 5)]
    ages = np.clip(heads - shift + rng.integers(-3, 4, len(home)) * (place > 0), 0, 97)
    days = np.datetime64("2026-06-01") - (ages * 365.25).astype("timedelta64[D]")
    born = days - rng.integers(0, 365, len(home)).astype("timedelta64[D]")
    male = rng.random(len(home)) < 0.51
    spouse = place == 1
    male[spouse] = ~male[np.flatnonzero(spouse) - 1]
    twin = (place == 3) & (rng.random(len(home)) < 0.03)
    born[twin] = born[np.flatnonzero(twin) - 1]
    return born, male


def _surnames(rng: np.random.Generator, home: Ints, place: Ints) -> Ints:
    own = draw_surnames(rng, len(home))
    kin = (place > 1) & (place != 5)
    own[kin] = own[np.searchsorted(home, home)][kin]
    return own


def _namesakes(
    rng: np.random.Generator, names: NDArray[np.str_], home: Ints, place: Ints, male: NDArray[np.bool_]
) -> None:
    """Grandson and grandfather of one name; twins who share the first character of the given name."""
    grandfathers = np.flatnonzero((place == 4) & (rng.random(len(home)) < 0.02))
    grandsons = grandfathers - 2
    names[grandsons] = names[grandfathers]
    male[grandfathers] = male[grandsons] = True
    brothers = np.flatnonzero((place == 3) & (rng.random(len(home)) < 0.4))
    for row in brothers:
        one, two = names[row - 1], names[row]
        if len(one) == 3 and len(two) == 3 and one[0] == two[0]:
            names[row] = one[:2] + two[2]


def _ids(born: NDArray[np.datetime64], male: NDArray[np.bool_]) -> NDArray[np.str_]:
    return make_ids(born, male)


def _phones(rng: np.random.Generator, home: Ints, place: Ints, years: Ints) -> NDArray[np.str_]:
    own = make_phones(0, len(home))
    shared = (years > 2012) | (years < 1950) | ((place > 0) & (rng.random(len(home)) < 0.25))
    return np.where(shared, own[np.searchsorted(home, home)], own)


def _addresses(rng: np.random.Generator, home: Ints) -> NDArray[np.object_]:
    count = home.max() + 1
    estate, road = rng.integers(len(ESTATES), size=count), rng.integers(len(ROADS), size=count)
    number, building = rng.integers(1, 400, count), rng.integers(1, 60, count)
    unit, floor, door = rng.integers(1, 4, count), rng.integers(1, 19, count), rng.integers(1, 5, count)
    kind = rng.random(count)
    written = [
        f"{ROADS[road[h]]}{number[h]}号{ESTATES[estate[h]]}{building[h]}栋{unit[h]}单元{floor[h]}{door[h]:02d}"
        if kind[h] < 0.7
        else f"{ROADS[road[h]]}{number[h]}号{building[h]}栋{floor[h]}{door[h]:02d}"
        if kind[h] < 0.85
        else f"{ROADS[road[h]]}{building[h]}巷{number[h]}号"
        for h in range(count)
    ]
    return np.array(written, dtype=object)[home]


def _employers(rng: np.random.Generator, years: Ints) -> NDArray[np.object_]:
    drawn = np.array(FIRMS, dtype=object)[rng.integers(len(FIRMS), size=len(years))]
    working = (years > 1966) & (years < 2005) & (rng.random(len(years)) < 0.7)
    return np.where(working, drawn, None)


def surnames() -> list[str]:
    """All surnames of the population."""
    return [str(name) for name in surname_table()[0]]
