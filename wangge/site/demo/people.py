"""The facts of every person, one array a fact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import numbers
from .households import KINDS, NUMBER, TWIN, Households
from .names import dotted_names, latin_names, make_names

Ints = NDArray[np.int64]
Text = NDArray[np.str_]
Days = NDArray[np.datetime64]
OUTSIDE = {"HKG": ("516", 0.0018), "MAC": ("516", 0.0006), "TWN": ("511", 0.0004), "FOR": ("414", 0.0007)}
FOREIGN = np.array(["USA", "CAN", "GBR", "JPN", "VNM", "NGA", "DEU", "IND"])
STALE_DAYS = 400


@dataclass
class People:
    """Columns of persons, row for row the members of ``Households``. "" and NaT mean: not known."""

    names: list[str]
    initials: list[str]
    births: Days
    ids: Text
    id_types: Text
    nationality: Text
    phones: Text
    phones2: Text
    education: Text
    marriage: Text
    employment: Text
    occupation: Text
    schools: Text
    source: Ints
    confirmed: Days
    local: NDArray[np.bool_]


def make_people(
    rng: np.random.Generator, homes: Households, today: np.datetime64, first_phone: int = 0
) -> People:
    """Everything about the members but their ties and their registered address.

    Args:
        first_phone: where phone numbers start, so that two sets of people share none.
    """
    births = _births(rng, homes, today)
    years = births.astype("datetime64[Y]").astype(np.int64) + 1970
    names, initials = make_names(rng, homes.surname, np.where(homes.male, "1", "2"), years)
    _repeat_grandfathers(rng, homes, names, initials)
    abroad = _abroad(rng, homes)
    local = homes.local[homes.household] & (abroad == "")
    mixed = (homes.relation == "10") & (rng.random(len(local)) < 0.05)
    local ^= mixed & (abroad == "")
    written, letters = _rename_some(rng, names.tolist(), initials.tolist(), abroad, local)
    ids, id_types = _identity(rng, homes, births, abroad)
    phones, phones2 = _phones(rng, homes, first_phone)
    confirmed = today - (rng.beta(0.9, 2.1, len(births)) * STALE_DAYS).astype(np.int64)
    confirmed = np.maximum(confirmed, births)
    nationality = np.where(abroad == "FOR", FOREIGN[rng.integers(len(FOREIGN), size=len(abroad))], abroad)
    nationality = np.where(nationality == "", "CHN", nationality)
    source = rng.choice([10, 30, 40, 60], len(births), p=[0.55, 0.08, 0.35, 0.02])
    education, marriage, employment, occupation, schools = _situation(rng, homes)
    return People(
        written, letters, births, ids, id_types, nationality, phones, phones2,
        education, marriage, employment, occupation, schools, source, confirmed, local,
    )  # fmt: skip


def _births(rng: np.random.Generator, homes: Households, today: np.datetime64) -> Days:
    days = (homes.age * 365.25 + rng.integers(1, 365, len(homes.age))).astype(np.int64)
    births = today - days
    twin = np.flatnonzero((homes.kind[homes.household] == NUMBER["twins"]) & (homes.position == 3))
    assert KINDS[NUMBER["twins"]].roles[3] is TWIN
    births[twin] = births[twin - 1]
    return births


def _repeat_grandfathers(rng: np.random.Generator, homes: Households, names: Text, initials: Text) -> None:
    """A grandson with his grandfather's very name: what matching must not be fooled by."""
    grandson = np.flatnonzero((homes.relation == "40") & homes.male & (rng.random(len(names)) < 0.006))
    head = homes.heads[homes.household[grandson]]
    men = homes.male[head]
    names[grandson[men]] = names[head[men]]
    initials[grandson[men]] = initials[head[men]]


def _abroad(rng: np.random.Generator, homes: Households) -> Text:
    """ "" for mainland residents, else HKG, MAC, TWN or FOR; heads and sharers only."""
    grown = np.flatnonzero((homes.age >= 20) & np.isin(homes.relation, ["02", "99"]))
    out = np.full(len(homes.age), "", "<U3")
    draw = rng.random(len(grown)) * 0.45
    low = 0.0
    for place, (_, share) in OUTSIDE.items():
        out[grown[(draw >= low) & (draw < low + share)]] = place
        low += share
    return out


def _rename_some(
    rng: np.random.Generator, names: list[str], initials: list[str], abroad: Text, local: NDArray[np.bool_]
) -> tuple[list[str], list[str]]:
    foreign = np.flatnonzero(abroad == "FOR")
    minority = np.flatnonzero(~local & (abroad == "") & (rng.random(len(names)) < 0.004))
    for rows, maker in ((foreign, latin_names), (minority, dotted_names)):
        for row, name, letters in zip(rows.tolist(), *maker(rng, len(rows)), strict=True):
            names[row], initials[row] = name, letters
    return names, initials


def _identity(rng: np.random.Generator, homes: Households, births: Days, abroad: Text) -> tuple[Text, Text]:
    """Id numbers and their types; some have none (babies above all), travel documents are made up."""
    ids = numbers.make_ids(births, homes.male)
    types = np.full(len(ids), "111", "<U3")
    none = rng.random(len(ids)) < np.where(homes.age < 1, 0.4, 0.018)
    for place, (kind, _) in OUTSIDE.items():
        rows = np.flatnonzero(abroad == place)
        ids[rows] = [
            f"{'M' if place == 'MAC' else '' if place == 'TWN' else 'H' if place == 'HKG' else 'ZZ'}"
            f"999{i:05d}"
            for i in range(len(rows))
        ]
        types[rows] = kind
        none[rows] = False
    ids[none], types[none] = "", ""
    return ids, types


def _phones(rng: np.random.Generator, homes: Households, first: int) -> tuple[Text, Text]:
    """Own numbers for most adults; children and many of the old answer through somebody at home."""
    count = len(homes.age)
    draw = rng.random(count)
    own = np.where(homes.age < 13, 0.02, np.where(homes.age < 72, 0.95, 0.55)) > draw
    through = ~own & (draw < np.where(homes.age < 13, 0.75, 0.93))
    phones = numbers.make_phones(first, count)
    head = homes.heads[homes.household]
    size = np.bincount(homes.household)
    second = np.minimum(head + (size[homes.household] > 1), count - 1)
    holder = np.where(own[head] & (head != np.arange(count)), head, second)
    phones = np.where(own, phones, np.where(through & own[holder], phones[holder], ""))
    few = (rng.random(count) < 0.04) & own
    return phones, np.where(few, numbers.make_phones(first + count, count), "")


def _situation(rng: np.random.Generator, homes: Households) -> tuple[Text, Text, Text, Text, Text]:
    """Education, marriage, employment, occupation (codes) and school."""
    age, count = homes.age, len(homes.age)
    education = _by_age(rng, age, [6, 12, 15, 18, 40, 62], [
        {"": 1.0}, {"80": 1.0}, {"70": 1.0}, {"60": 0.7, "40": 0.3},
        {"20": 0.28, "30": 0.22, "40": 0.1, "60": 0.15, "70": 0.22, "10": 0.03},
        {"20": 0.09, "30": 0.1, "60": 0.22, "70": 0.44, "80": 0.15},
        {"60": 0.1, "70": 0.3, "80": 0.5, "90": 0.1},
    ])  # fmt: skip
    work = _by_age(rng, age, [3, 18, 23, 50, 60], [
        {"": 1.0}, {"31": 1.0}, {"31": 0.5, "24": 0.35, "17": 0.15},
        {"24": 0.38, "17": 0.22, "13": 0.12, "54": 0.12, "51": 0.07, "70": 0.06, "21": 0.03},
        {"24": 0.33, "27": 0.1, "54": 0.15, "17": 0.15, "70": 0.17, "80": 0.1},
        {"80": 0.75, "27": 0.1, "70": 0.15},
    ])  # fmt: skip
    jobs = {
        "31": "7",
        "24": "5",
        "17": "3",
        "13": "2",
        "54": "10",
        "51": "9",
        "70": "11",
        "21": "4",
        "27": "6",
        "80": "12",
    }
    occupation = np.zeros(count, "<U2")
    for code, job in jobs.items():
        occupation[work == code] = job
    paired = (homes.relation == "10") | (homes.relation == "50") | (homes.relation == "80")
    heads = homes.heads
    has_spouse = np.zeros(len(heads), bool)
    has_spouse[homes.household[homes.relation == "10"]] = True
    paired |= (homes.relation == "02") & has_spouse[homes.household]
    alone = np.where(age > 68, "30", np.where((age > 34) & (rng.random(count) < 0.6), "40", "10"))
    marriage = np.where(paired, "20", alone)
    marriage[(rng.random(count) < 0.12) | (age < 3)] = ""
    stage = np.digitize(age, [3, 6, 12, 15, 18])
    named = np.array(["", "演示幼儿园", "演示小学", "演示初级中学", "演示高级中学", "演示职业技术学院"])
    schools = np.where(work == "31", named[stage], "")
    return education, marriage, work, occupation, schools


def _by_age(rng: np.random.Generator, age: Ints, limits: list[int], shares: list[dict[str, float]]) -> Text:
    out = np.zeros(len(age), "<U2")
    band = np.digitize(age, limits)
    for number, chances in enumerate(shares):
        rows = np.flatnonzero(band == number)
        weights = np.array(list(chances.values()))
        out[rows] = rng.choice(list(chances), len(rows), p=weights / weights.sum())
    return out
