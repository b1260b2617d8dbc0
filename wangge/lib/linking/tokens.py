"""Records of any source turned into what the engine compares: numbers that stand for values.

Equal values have equal numbers within one run only (the seed is drawn anew), so what an engine keeps of a
record names nobody; id, name, phone and birth stay as text in its memory for counting differing digits.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from .births import birth_tokens
from .homes import home_tokens, word_tokens
from .names import folded, name_tokens
from .numbers import id_tokens
from .phones import phone_tokens

COLUMNS = ("record_id", "id_no", "name", "sex", "birth", "phone", "address", "head", "employer")
SEXES = {
    **dict.fromkeys(("男", "1", "M", "MALE", "男性"), 1),
    **dict.fromkeys(("女", "2", "F", "FEMALE", "女性"), 2),
}
SHARED_BY = 24  # a phone of more records is a switchboard or a made-up number
CROWDED = 80  # a door of more records is a dormitory or a village
PRIOR_NAMES = 50_000  # how many records a general notion of name frequency weighs
SAMPLE = 1_500
NEAR_PHONES = 2e-4  # at least this share of phones differs in one digit
USUAL_PAIRS = 1e6  # how many pairs a general notion of chance agreement weighs
NAME_CLASSES = (5e-6, 2e-5, 1e-4, 5e-4)  # bounds of the shares that ``common`` counts


@dataclass(frozen=True)
class Rates:
    """How often two records of different people agree by chance, measured on these records."""

    records: int
    phone: float
    near_phone: float  # numbers that differ in one digit: frequent where they were given out in a row
    home: float
    employer: float
    head: float
    latin: float  # share of names in Latin letters


@dataclass(frozen=True)
class Population:
    """The register that a few records are weighed against: how many records it has, how often their folded
    names stand in it, and its rates of chance agreement."""

    rates: Rates
    names: Mapping[str, int] = field(default_factory=dict)


def usual_rates(records: int) -> Rates:
    """Rates of a register nobody has measured: three to a phone, four to a door."""
    each = 1 / max(records, 1_000)
    return Rates(records, 3 * each, 2e-4, 4 * each, 0.01, 4 * each, 0.0)


def prepare(
    records: pl.DataFrame, seed: int | None = None, population: Population | None = None
) -> tuple[pl.DataFrame, Rates]:
    """Turn records into tokens.

    Args:
        records: columns as in ``COLUMNS``, text; any but record_id may be missing. A register that knows the
            door of a record gives its key as ``door_key``: it counts instead of the address. Where the clear
            phone is not at hand, any text that equal phones share stands for it as ``phone_key``.
        seed: of the numbers that stand for values; drawn when not given.
        population: whom these few records are a part of; they themselves when not given.

    Returns: a frame with ``unique_id`` (row number) first, one row per record in the same order; the rates.
    """
    seed = secrets.randbits(60) if seed is None else seed
    given = {name: _text(records, name) for name in COLUMNS[1:]}
    numbers = id_tokens(given["id_no"], seed)
    frame = pl.DataFrame({"unique_id": pl.int_range(records.height, eager=True)}).hstack(numbers)
    frame = frame.hstack(name_tokens(given["name"], seed))
    frame = frame.hstack(phone_tokens(given["phone"])).hstack(home_tokens(given["address"], seed))
    if "phone_key" in records.columns:
        known = _text(records, "phone_key")
        frame = frame.with_columns(pl.coalesce(pl.lit(known), "phone").alias("phone"))
    if "door_key" in records.columns:
        frame = frame.with_columns(_known_door(_text(records, "door_key"), seed))
    frame = frame.with_columns(
        word_tokens(given["address"], seed),
        _sexes(given["sex"]),
        birth_tokens(given["birth"]),
        _plain(given["head"], "head", seed),
        _plain(
            given["employer"].str.replace_all("有限责任公司|股份有限公司|有限公司|公司|集团", ""),
            "employer",
            seed,
        ),
    )
    frame = _told(frame).with_columns(_of_another("head", seed))
    if population is not None:
        return frame.with_columns(_common_among(population)), population.rates
    frame = frame.with_columns(
        _unless_shared("phone", SHARED_BY),
        _unless_shared("room", CROWDED),
        _unless_shared("door", CROWDED),
        _common(),
    )
    return frame, _rates(frame)


def _text(records: pl.DataFrame, name: str) -> pl.Series:
    if name not in records.columns:
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, records.height)
    text = records[name].cast(pl.String)
    bare = text.str.strip_chars() if text.str.contains(r"^\s|\s$").any() else text
    return bare.to_frame().select(pl.when(pl.col(name) != "").then(name).alias(name))[name]


def _known_door(keys: pl.Series, seed: int) -> list[pl.Expr]:
    known = pl.lit(keys.is_not_null())
    number = pl.lit(keys.hash(seed).reinterpret(signed=True))
    rest = [pl.when(~known).then(name).alias(name) for name in ("door", "unit")]
    return [pl.when(known).then(number).otherwise("room").alias("room"), *rest]


def _sexes(sexes: pl.Series) -> pl.Series:
    return sexes.str.to_uppercase().replace_strict(SEXES, default=None, return_dtype=pl.Int8).alias("sex")


def _plain(values: pl.Series, name: str, seed: int) -> pl.Series:
    written = values.drop_nulls().unique()
    table = pl.DataFrame(
        {"w": written, name: [folded(value) for value in written.to_list()]},
        schema_overrides={name: pl.String},
    )
    joined = pl.DataFrame({"w": values}).join(table, on="w", how="left", maintain_order="left")
    known = pl.col(name).is_not_null() & (pl.col(name) != "")
    return joined.select(pl.when(known).then(pl.col(name).hash(seed).reinterpret(signed=True)).alias(name))[
        name
    ]


def _of_another(name: str, seed: int) -> pl.Expr:
    """A head of household named on the head's own row says no more than the name did."""
    own = pl.col("name").hash(seed).reinterpret(signed=True)
    return pl.when((pl.col(name) != own).fill_null(True)).then(name).alias(name)


def _told(frame: pl.DataFrame) -> pl.DataFrame:
    """Birth and sex: what a number that holds says, else what is written, else what a damaged number says."""
    holds = pl.when("id_told")
    return frame.with_columns(
        pl.coalesce(holds.then("id_birth"), "birth", "id_birth").alias("day"),
        pl.coalesce(holds.then("id_sex"), "sex").alias("sex"),
    ).with_columns(
        pl.col("day").cast(pl.String).alias("birth"),
        (pl.col("day") // 10_000).alias("year"),
        (pl.col("day") % 10_000).alias("month_day"),
        (pl.col("day") % 100 * 100 + pl.col("day") // 100 % 100).alias("day_month"),
    ).drop("day", "id_birth", "id_sex", "id_told")  # fmt: skip


def _unless_shared(name: str, most: int) -> pl.Expr:
    return pl.when(pl.len().over(name) <= most).then(name).alias(name)


def _common() -> pl.Expr:
    """How common a name is, 0 rare … 4: its share among the other records and a general prior."""
    return _class((pl.len().over("name") - 1) / (pl.len() + PRIOR_NAMES))


def _common_among(population: Population) -> pl.Expr:
    others = pl.col("name").replace_strict(population.names, default=0, return_dtype=pl.Int64)
    return _class((others - 1).clip(0) / (population.rates.records + PRIOR_NAMES))


def _class(share: pl.Expr) -> pl.Expr:
    bounds = ((share >= bound).cast(pl.Int8) for bound in NAME_CLASSES)
    return sum(bounds, pl.lit(0, pl.Int8)).fill_null(0).alias("common")


def _rates(frame: pl.DataFrame) -> Rates:
    home = max(_chance(frame["room"]), _chance(frame["door"]))
    return Rates(
        frame.height,
        _chance(frame["phone"]),
        _near(frame["phone"]),
        home,
        _chance(frame["employer"]),
        _chance(frame["head"]),
        int(frame["latin"].sum() or 0) / max(frame.height, 1),
    )


def _chance(values: pl.Series) -> float:
    """The share of pairs that agree, of pairs where both know; with few of them the usual share weighs in."""
    counts = values.drop_nulls().value_counts()["count"].cast(pl.Float64)
    known = float(counts.sum())
    agreeing = float((counts * (counts - 1)).sum())
    usual = 3 / max(len(values), 1_000)
    return (agreeing + usual * USUAL_PAIRS) / (known * max(known - 1, 0) + USUAL_PAIRS)


def _near(phones: pl.Series) -> float:
    """The share of pairs of phones that differ in one digit, by a sample."""
    known = phones.filter((phones.str.len_bytes() == 11).fill_null(False))
    if known.len() < 2:
        return NEAR_PHONES
    sample = known.sample(min(known.len(), SAMPLE), seed=1).to_list()
    signs = np.frombuffer("".join(sample).encode("ascii"), np.uint8).reshape(-1, 11)
    near = sum(int(((signs != phone).sum(axis=1) == 1).sum()) for phone in signs)
    return max(near / (len(sample) * (len(sample) - 1)), NEAR_PHONES)
