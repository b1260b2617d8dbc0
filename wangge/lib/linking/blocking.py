"""Which pairs are looked at: only those that share one of these keys. Never all against all."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

MOST_PAIRS_PER_RECORD = 60  # a run that would compare more than this on average is refused


@dataclass(frozen=True)
class Rule:
    """Records that agree in all ``keys`` are compared."""

    code: str
    keys: tuple[str, ...]
    lists: tuple[str, ...] = ()  # keys that are lists: one value in common is enough


RULES = (
    Rule("number", ("id_key",)),
    Rule("number_head", ("id_head", "surname")),
    Rule("number_tail", ("id_tail",)),
    Rule("sound_birth", ("heard", "birth")),
    Rule("look_birth", ("seen", "birth")),
    Rule("bag_birth", ("bag", "birth")),
    Rule("phone_sound", ("phone", "heard")),
    Rule("phone_birth", ("phone", "birth")),
    Rule("room_sound", ("room", "heard")),
    Rule("room_birth", ("room", "birth")),
    Rule("door_sound", ("door", "heard")),
    Rule("door_birth", ("door", "birth")),
    Rule("head_sound", ("head", "heard")),
)
# Looser keys, taken only where they are cheap: a small file, or a value that few share.
WIDE = (
    Rule("birth", ("birth",)),
    Rule("name", ("heard",)),
    Rule("number_start", ("id_start",)),
    Rule("number_stop", ("id_stop",)),
    Rule("home", ("room",)),
    Rule("street", ("door",)),
    Rule("phone", ("phone",)),
    Rule("words_year", ("words", "year"), ("words",)),
    Rule("words_name", ("words", "surname"), ("words",)),
    Rule("words_given", ("words", "given"), ("words",)),
    Rule("surname_year", ("surname", "year")),
    Rule("given_year", ("given", "year")),
)
CHEAP_PAIRS = 200_000


@dataclass(frozen=True)
class Load:
    """How many pairs a rule makes, and the most records that share one of its keys."""

    rule: Rule
    pairs: int
    largest: int


class TooManyPairs(Exception):
    """A rule would compare too many pairs; ``load`` says which."""

    def __init__(self, load: Load, limit: int) -> None:
        self.load, self.limit = load, limit
        super().__init__(f"{load.rule.code}: {load.pairs} pairs, limit {limit}")


def measure(tokens: pl.DataFrame) -> list[Load]:
    """Count the pairs of every rule without making them; of the looser ones only those that are cheap."""
    wide = [load for rule in WIDE if (load := _load(tokens, rule)).pairs <= CHEAP_PAIRS]
    return [_load(tokens, rule) for rule in RULES] + wide


def _load(tokens: pl.DataFrame, rule: Rule) -> Load:
    known = tokens.select(rule.keys).drop_nulls()
    for name in rule.lists:
        known = known.explode(name)
    sizes = known.group_by(rule.keys).len()["len"].cast(pl.Int64)
    return Load(rule, int((sizes * (sizes - 1) // 2).sum()), int(sizes.max() or 0))  # type: ignore[arg-type]


def check(loads: list[Load], records: int) -> None:
    """Raises: TooManyPairs for the first rule over its share."""
    limit = MOST_PAIRS_PER_RECORD * max(records, 1_000)
    for load in loads:
        if load.pairs > limit:
            raise TooManyPairs(load, limit)
