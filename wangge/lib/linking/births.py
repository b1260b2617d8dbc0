"""Days of birth as linkage compares them."""

from __future__ import annotations

import polars as pl

from wangge.lib.cells.dates import clean_birth

USUAL = r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?$"


def birth_tokens(births: pl.Series) -> pl.Series:
    """Each birth as yyyymmdd (also a day that never was: the same slip twice is still the same slip); 00 for
    a month or day that is not written; None for what is no date."""
    text = births.cast(pl.String).str.strip_chars()
    parts = text.str.extract_groups(USUAL).struct
    year, month, day = (parts.field(n).cast(pl.Int32) for n in "123")
    usual = year * 10_000 + month * 100 + day
    odd = text.filter(usual.is_null() & text.is_not_null()).unique().to_list()
    if not odd:
        return usual.alias("birth")
    table = pl.DataFrame(
        {"t": odd, "odd": [_odd(each) for each in odd]}, schema={"t": pl.String, "odd": pl.Int32}
    )
    joined = pl.DataFrame({"t": text, "usual": usual}).join(table, on="t", how="left", maintain_order="left")
    return joined.select(pl.coalesce("usual", "odd").alias("birth"))["birth"]


def _odd(text: str) -> int | None:
    read = clean_birth(text)
    if not read.value:
        return None
    if read.warning == "date_year_only":
        return read.value.year * 10_000
    day = 0 if read.warning == "date_without_day" else read.value.day
    return read.value.year * 10_000 + read.value.month * 100 + day
