"""Region codes as people say them: 450127 → 广西壮族自治区横县."""

from __future__ import annotations

from functools import lru_cache

from stdnum import numdb

from ..dictionary import english

# The provinces of GB/T 2260 in English, for the filter of the page; counties keep their Chinese names.
PROVINCES_EN = {
    11: "Beijing", 12: "Tianjin", 13: "Hebei", 14: "Shanxi", 15: "Inner Mongolia",
    21: "Liaoning", 22: "Jilin", 23: "Heilongjiang",
    31: "Shanghai", 32: "Jiangsu", 33: "Zhejiang", 34: "Anhui", 35: "Fujian", 36: "Jiangxi", 37: "Shandong",
    41: "Henan", 42: "Hubei", 43: "Hunan", 44: "Guangdong", 45: "Guangxi", 46: "Hainan",
    50: "Chongqing", 51: "Sichuan", 52: "Guizhou", 53: "Yunnan", 54: "Tibet",
    61: "Shaanxi", 62: "Gansu", 63: "Qinghai", 64: "Ningxia", 65: "Xinjiang",
    71: "Taiwan", 81: "Hong Kong", 82: "Macao",
}  # fmt: skip


def provinces() -> list[tuple[str, str]]:
    """Two digits and name of every province, in the language of the page."""
    in_english = english()
    return [
        (str(two), name if in_english else region_name(f"{two}0000")) for two, name in PROVINCES_EN.items()
    ]


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
