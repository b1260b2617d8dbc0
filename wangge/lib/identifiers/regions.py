"""Which region prefixes a resident number may begin with.

A known province is required; a county code that no published table lists only earns a
warning, because codes were created, merged and abolished over seventy years and a holder
keeps the one of the day of registration.
"""

from __future__ import annotations

from functools import lru_cache

from stdnum import numdb

# GB/T 2260, first two digits; 81–83 open the residence permits for Hong Kong, Macao and Taiwan.
PROVINCES: dict[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省",
    "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区", "83": "台湾地区",
}  # fmt: skip
PERMIT_PREFIXES = frozenset({"810000", "820000", "830000"})
DEMO_PREFIX = "999"  # no province 99 exists, so no real person can hold such a number


def is_foreign_permanent(number: str) -> bool:
    """Whether ``number`` begins like the 2023 foreign permanent resident card: 9 + province."""
    return number[0] == "9" and number[1:3] in PROVINCES


def is_known_province(number: str) -> bool:
    """Whether the number's first digits name a province, a permit or a permanent resident card."""
    return number[:2] in PROVINCES or is_foreign_permanent(number)


@lru_cache(maxsize=20_000)
def is_listed(prefix6: str) -> bool:
    """Whether the six digits are, or ever were, a published county code."""
    if prefix6 in PERMIT_PREFIXES or prefix6.startswith(DEMO_PREFIX) or is_foreign_permanent(prefix6):
        return True
    return any("county" in properties for _, properties in numdb.get("cn/loc").info(prefix6))
