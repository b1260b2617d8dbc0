"""Region codes as people say them: 450127 → 广西壮族自治区横县."""

from __future__ import annotations

from functools import lru_cache

from stdnum import numdb


@lru_cache(maxsize=8192)
def region_name(code: str) -> str:
    """The province and county of a GB/T 2260 code of six or twelve digits; an unknown code as it is."""
    if not code:
        return ""
    parts = [
        next(iter(names.values())).split("]")[-1]
        for _digits, names in numdb.get("cn/loc").info(code[:6])
        if names
    ]
    parts = [part.split(",")[0] for part in parts]
    if len(parts) == 2 and parts[0] == parts[1]:
        parts.pop()
    return "".join(parts) or code
