"""The newest declarations of an area, as fast among a million as among a few.

An area's rows stand under its own code and those of its grids. Each code's newest lie together in the index
``declaration_newest``, so the newest of each are taken and merged: what is read grows with the number of
codes and never with the number of declarations. The database writes the answer as JSON, because building a
hundred rows as objects takes Python longer than finding and writing them takes the database.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, current_reach, prefix_filter, prefix_of, within

from ..models import Declaration

MOST = 500
WIDE = 9  # digits: an area with a shorter code holds so many codes that the newest are found along the key
COLUMNS = (
    "id", "receipt", "area_code", "kind", "state", "channel", "reported_by", "matched", "address_says",
    "verify_by", "received_at",
)  # fmt: skip
_POSTGRES = """
SELECT coalesce(json_agg(line ORDER BY id DESC), '[]')::text FROM (
  SELECT {columns} FROM {rows} WHERE id = ANY(ARRAY(
    SELECT newest.id FROM unnest(%s::varchar[]) AS prefix
    JOIN {areas} area ON area.code >= prefix AND area.code < prefix || ':'
    CROSS JOIN LATERAL (
      SELECT id FROM {rows} WHERE area_code = area.code AND id < %s ORDER BY id DESC LIMIT %s) newest
    ORDER BY newest.id DESC LIMIT %s))) AS line
"""
_EACH = "SELECT id FROM (SELECT id FROM {rows} WHERE area_code = %s AND id < %s ORDER BY id DESC LIMIT %s)"
END = 2**63 - 1


def newest(area: str = "", *, limit: int = 100, before: int | None = None) -> str:
    """The newest declarations in reach, of one area or of all, the newest first, as a JSON array of
    ``COLUMNS``; no value of a person is among them, so that reading it is no reading of anybody.

    Args:
        area: an area code; "" is the whole reach. limit: at most ``MOST``. before: go on after this key.
    """
    limit, before = max(1, min(limit, MOST)), before or END
    prefixes = _within_reach(area)
    if not prefixes:
        return "[]"
    if any(len(prefix) < WIDE for prefix in prefixes):
        return _along_the_key(prefixes, limit, before)
    if connection.vendor == "postgresql":
        return str(_one(_named(_POSTGRES), [prefixes, before, limit, limit]))
    return _written(Q(pk__in=_merged(prefixes, limit, before)), limit)


def _within_reach(area: str) -> list[str]:
    """The area where the reach covers it, else what of the reach lies inside it."""
    reach, asked = current_reach(), prefix_of(area)
    covered = any(asked.startswith(prefix) for prefix in reach.prefixes)
    return [asked] if covered else [prefix for prefix in reach.prefixes if prefix.startswith(asked)]


def _along_the_key(prefixes: Sequence[str], limit: int, before: int) -> str:
    inside = Q()
    for prefix in prefixes:
        inside |= prefix_filter("area_code", prefix)
    return _written(inside & Q(pk__lt=before), limit)


def _written(condition: Q, limit: int) -> str:
    rows = Declaration.objects.filter(condition).order_by("-id").values(*COLUMNS)[:limit]
    return json.dumps(list(rows), ensure_ascii=False, default=lambda moment: moment.isoformat())


def _merged(prefixes: Sequence[str], limit: int, before: int) -> list[int]:
    """SQLite knows no LATERAL: one part of a union for each code."""
    under = Q(pk__in=[])
    for prefix in prefixes:
        under |= prefix_filter("code", prefix)
    with within(EVERYWHERE):
        codes = list(Area.objects.filter(under).order_by().values_list("code", flat=True))
    keys: set[int] = set()
    for start in range(0, len(codes), 200):  # SQLite allows 500 parts
        some = codes[start : start + 200]
        sql = " UNION ALL ".join([_named(_EACH)] * len(some)) + " ORDER BY id DESC LIMIT %s"
        values: list[Any] = [value for code in some for value in (code, before, limit)]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, limit])
            keys |= {key for (key,) in cursor.fetchall()}
    return sorted(keys)[-limit:]


def _named(sql: str) -> str:
    quote = connection.ops.quote_name
    rows, areas = quote(Declaration._meta.db_table), quote(Area._meta.db_table)
    return sql.format(rows=rows, areas=areas, columns=", ".join(COLUMNS))


def _one(sql: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
