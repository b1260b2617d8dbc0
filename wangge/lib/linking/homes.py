"""Addresses as linkage compares them: the door, by its estate or by its street, and the building."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from wangge.lib.addresses import Address, Shapes, parse
from wangge.lib.addresses.keys import ESTATE_SUFFIX, road_key

HAN = re.compile(r"[\u4e00-\u9fff]")
# 5-2单元1704 is 5栋2单元1704; 83号房 is the house 83号
SHORT_UNIT = re.compile(r"(?<!\d)(\d{1,3})-(\d{1,2})(?=单元|梯|门)")
HOUSE = re.compile(r"(?<=号)[房室户]$")
# 一巷7号 is in every village: such a lane, or a bare number, names a door only with the village before it.
COUNTED = re.compile(r"^(?:\d+组)?(?:[东西南北中上下前后横]?\d*[横直]?[巷街路里坊])?$")
VILLAGE = re.compile(r"(?:社区|行政村|村)?(?:居委会|居民委员会|村委会|村民委员会)?$")
IN_VILLAGE = re.compile(r"^(?P<village>[\u4e00-\u9fff]{1,8}?)村(?=\d)")
Keys = tuple[str | None, str | None, str | None, str | None]
WORDS = re.compile(r"[^\W\d_]+|\d+")


def home_tokens(addresses: pl.Series, seed: int) -> pl.DataFrame:
    """A row per address: ``room`` (the door within its estate), ``door`` (the door by road and number),
    ``unit`` and ``building``, as numbers; None for what the address does not say."""
    written = addresses.drop_nulls().unique()
    read = _by_shape() if _repeats(written) else _keys
    keys = [read(text) for text in written.to_list()]
    columns = ("room", "door", "unit", "building")
    schema = {"written": pl.String, **dict.fromkeys(columns, pl.String)}
    table = pl.DataFrame(
        {"written": written, **dict(zip(columns, _turned(keys), strict=True))}, schema=schema
    )
    hashed = table.with_columns(
        pl.when(pl.col(c).is_not_null()).then(pl.col(c).hash(seed).reinterpret(signed=True)).alias(c)
        for c in columns
    )
    joined = pl.DataFrame({"written": addresses}).join(
        hashed, on="written", how="left", maintain_order="left"
    )
    return joined.drop("written")


def _repeats(written: pl.Series) -> bool:
    """Whether many addresses differ in their numbers only: then learning their shapes pays."""
    shapes = written.str.replace_all("[0-9]+", "#").n_unique()
    return shapes * 4 < written.len()


def _by_shape() -> Callable[[str], Keys]:
    shapes = Shapes(lambda _context, text: tuple(part or "" for part in _keys(text)))

    def read(text: str) -> Keys:
        parts = shapes.read(None, text) or ("", "", "", "")
        return (parts[0] or None, parts[1] or None, parts[2] or None, parts[3] or None)

    return read


def _turned(keys: list[Keys]) -> list[list[str | None]]:
    return [list(column) for column in zip(*keys, strict=True)] if keys else [[], [], [], []]


def _keys(text: str) -> Keys:
    if not HAN.search(text):
        return _western(text)
    address = parse(HOUSE.sub("", SHORT_UNIT.sub(r"\1栋\2", text)))
    estate = ESTATE_SUFFIX.sub("", address.estate)
    street = f"{_road(address)}{address.number}" if address.number else ""
    inside = _inside(address)
    room = f"{estate}|{address.building}|{inside}" if estate and inside else None
    door = f"{street}|{address.building}|{inside}" if street and (inside or not estate) else None
    place = estate or street
    building = f"{place}|{address.building}" if place and address.building else None
    return room, door, address.unit or None, building


def _road(address: Address) -> str:
    """篁边村一巷 and 一巷 of 篁边村 (篁边居委会) are one lane; a named road needs no village."""
    road = IN_VILLAGE.sub(r"\g<village>", road_key(address.road))
    return VILLAGE.sub("", address.community) + road if COUNTED.match(road) else road


def _inside(address: Address) -> str:
    """5楼01房 is 501."""
    room = address.room
    if address.floor and room.isdecimal() and len(room) < 3:
        return address.floor + room.zfill(2)
    return room


def _western(text: str) -> Keys:
    """An address in another script: its numbers are one key, its two longest words another."""
    words = WORDS.findall(text.upper())
    numbers = [word for word in words if word.isdigit()]
    names = sorted((word for word in words if not word.isdigit()), key=lambda word: (-len(word), word))
    return (
        " ".join(sorted(numbers)) if len(numbers) > 1 else None,
        " ".join(sorted(names[:2])) if len(names) > 1 else None,
        None,
        names[0] if names else None,
    )


def word_tokens(addresses: pl.Series, seed: int) -> pl.Series:
    """``words``: of an address in another script the words that some and not many records have."""
    latin = ~addresses.str.contains("[\u4e00-\u9fff]").fill_null(True)
    if not latin.any():
        return pl.Series("words", [None], dtype=pl.List(pl.Int64)).new_from_index(0, len(addresses))
    rows = pl.DataFrame({"row": latin.arg_true(), "word": addresses.filter(latin).str.to_uppercase()})
    each = (
        rows.with_columns(pl.col("word").str.extract_all(r"[^\W_]+")).explode("word").unique(["row", "word"])
    )
    each = each.filter(pl.len().over("word").is_between(2, max(50, len(addresses) // 50)))
    lists = each.group_by("row").agg(pl.col("word").hash(seed).reinterpret(signed=True).alias("words"))
    whole = pl.DataFrame({"row": pl.int_range(len(addresses), dtype=pl.UInt32, eager=True)})
    return whole.join(lists, on="row", how="left", maintain_order="left")["words"]
