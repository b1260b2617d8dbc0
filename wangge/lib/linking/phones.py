"""Phone numbers as linkage compares them."""

from __future__ import annotations

import polars as pl

from wangge.lib.cells.phones import DIVIDERS, clean_phone


def phone_tokens(phones: pl.Series) -> pl.DataFrame:
    """A row per cell: ``phone`` and ``phone2``, the numbers in it, None where there is none: a mobile as 11
    digits, a fixed line without its area code (ledgers write it or not), anything else as its digits."""
    usual = phones.str.contains("^1[0-9]{10}$").fill_null(True)
    frame = pl.DataFrame({"cell": phones, "usual": usual})
    odd = phones.filter(~usual).unique().to_list()
    found = [_numbers(cell) for cell in odd]
    schema = {"cell": pl.String, "one": pl.String, "two": pl.String}
    table = pl.DataFrame(
        {"cell": odd, "one": [f[0] for f in found], "two": [f[1] for f in found]}, schema=schema
    )
    joined = frame.join(table, on="cell", how="left", maintain_order="left")
    return joined.select(
        pl.when("usual").then("cell").otherwise("one").alias("phone"), pl.col("two").alias("phone2")
    )


def _numbers(cell: str) -> tuple[str | None, str | None]:
    found = [number for part in DIVIDERS.split(cell) if (number := _one(part))]
    return (found[0] if found else None, found[1] if len(found) > 1 else None)


def _one(part: str) -> str | None:
    read = clean_phone(part, demo=True)
    if read.value and "-" in str(read.value):
        return str(read.value).split("-")[1]
    digits = str(read.value or "".join(filter(str.isdecimal, part)))
    return digits if len(digits) >= 6 and len(set(digits)) > 2 else None
