"""Damaged copies, as ledgers damage people: recipes of shares, one seed each."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from bench.linkage.spoil import SPOILERS

COLUMNS = ("id_no", "name", "sex", "birth", "phone", "address", "head", "employer")


@dataclass(frozen=True)
class Recipe:
    """missing: column → share of all records without it; damage: spoiler → share of the copies it hits."""

    name: str
    missing: dict[str, float]
    damage: dict[str, float]
    copies: float = 0.10
    seed: int = 1
    order: tuple[str, ...] = field(default=())


KNOWN = Recipe(
    "known",
    missing={
        "id_no": 0.12, "phone": 0.15, "birth": 0.10, "sex": 0.05, "address": 0.08, "head": 0.5,
        "employer": 0.3,
    },
    damage={
        "id_lost": 0.25, "id_digit": 0.06, "id_swapped": 0.03, "id_old": 0.05, "id_rounded": 0.03,
        "id_masked": 0.03, "name_homophone": 0.06, "name_variant": 0.04, "name_typo": 0.02,
        "name_blank": 0.05,
        "name_turned": 0.005, "birth_swapped": 0.02, "birth_digit": 0.03, "birth_year": 0.02,
        "birth_format": 0.3, "phone_changed": 0.25, "phone_digit": 0.04, "phone_format": 0.2, "moved": 0.15,
        "address_short": 0.5, "address_form": 0.4, "head_lost": 0.3, "employer_changed": 0.3,
    },
)  # fmt: skip


USUAL = Recipe(
    "usual",
    missing={"id_no": 0.05, "phone": 0.10, "birth": 0.05, "sex": 0.02, "address": 0.05, "head": 0.5},
    damage={
        "id_lost": 0.20, "id_digit": 0.10, "name_homophone": 0.10, "name_look": 0.05, "name_turned": 0.02,
        "phone_changed": 0.30, "address_form": 0.50, "address_short": 0.30, "birth_digit": 0.05,
    },
    seed=77,
)  # fmt: skip
# Fixed before it was run; nothing was tuned to it.
UNSEEN = Recipe(
    "unseen",
    missing={"id_no": 0.10, "phone": 0.08, "birth": 0.12, "sex": 0.10, "address": 0.03, "head": 0.6},
    damage={
        "id_lost": 0.15, "id_swapped": 0.06, "id_old": 0.04, "id_masked": 0.08, "name_variant": 0.12,
        "name_homophone": 0.05, "name_nick": 0.005, "name_blank": 0.10, "name_look": 0.03,
        "birth_only_year": 0.06,
        "birth_swapped": 0.04, "birth_format": 0.5, "phone_changed": 0.20, "phone_digit": 0.08,
        "phone_format": 0.4, "moved": 0.10, "address_form": 0.7, "address_short": 0.2, "head_lost": 0.5,
    },
    seed=440_703,
)  # fmt: skip
RECIPES = {recipe.name: recipe for recipe in (KNOWN, USUAL, UNSEEN)}


def make_records(people: pl.DataFrame, recipe: Recipe, seed: int | None = None) -> pl.DataFrame:
    """The population plus damaged copies, shuffled.

    Returns: record_id, the eight columns, ``truth`` (which person).
    """
    rng = random.Random(recipe.seed if seed is None else seed)
    rows = people.select(COLUMNS).to_dicts()
    share = recipe.copies / (1 - recipe.copies)
    copies = [(number, dict(rows[number])) for number in range(len(rows)) if rng.random() < share]
    for _number, copy in copies:
        _spoil(copy, recipe, rng, rows)
    everyone = [(number, row) for number, row in enumerate(rows)] + copies
    for _number, row in everyone:
        for column, share_of in recipe.missing.items():
            if rng.random() < share_of:
                row[column] = None
    for number, row in everyone:
        row["truth"] = number
    rng.shuffle(everyone)
    frame = pl.DataFrame(
        [row for _number, row in everyone], schema={**dict.fromkeys(COLUMNS, pl.String), "truth": pl.Int64}
    )
    return frame.with_row_index("record_id").with_columns(
        ("r" + pl.col("record_id").cast(pl.String)).alias("record_id")
    )


def _spoil(row: dict, recipe: Recipe, rng: random.Random, others: list[dict]) -> None:
    for name, share in recipe.damage.items():
        if rng.random() < share:
            spoiler: Callable[[dict, random.Random, list[dict]], None] = SPOILERS[name]
            spoiler(row, rng, others)
