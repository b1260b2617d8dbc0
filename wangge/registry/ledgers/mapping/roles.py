"""Whose fact a header means: "房东/电话" is not the resident's phone."""

from __future__ import annotations

_WORDS = {
    "owner": "业主 房东 屋主 产权人 房主 出租人 房屋所有人 所有权人 出租方 权利人 二房东 房屋业主 产权所有人",
    "renter": "承租人 租客 租户 租住人 租赁人 房客 承租方 租房人 租住人员 承租人员 主租人",
    "head": "户主",
    "guardian": "监护人 家长 法定监护人",
    "emergency": "紧急联系人 应急联系人 紧急联络人",
    "hukou": "户籍 户口 户籍地 户籍所在地 户口所在地 户籍地址 原籍",
    "living": "现居住地 居住地 现居住 居住 现住址 住址 现住地 居住地址 现居住地址 现居地 住所 暂住 在江 来江",
    "work": "工作 就业 工作单位 单位 就业单位 用人单位 从业 务工 所在单位",
    "organisation": "企业 公司 商户 店铺 商铺 场所 市场主体 法人 法定代表人 经营者 负责人 机构",
}  # fmt: skip
_TAILS = ("基本信息", "基本情况", "信息", "情况", "资料", "详情", "详细", "的")
# role → fact of the leaf alone → fact of role and leaf together
_FACTS = {
    "owner": {"name": "owner_name", "id_no": "owner_id_no", "phone": "owner_phone", "phone2": "owner_phone",
              "org_name": "owner_name", "owner_name": "owner_name", "": "owner_name"},
    "renter": {"name": "renter_name", "id_no": "renter_id_no", "phone": "renter_phone",
               "phone2": "renter_phone",
               "org_name": "renter_name", "renter_name": "renter_name", "": "renter_name"},
    "head": {"name": "head_name", "id_no": "head_id_no", "org_name": "head_name", "": "head_name"},
    "guardian": {"name": "guardian", "phone": "emergency_contact", "": "guardian"},
    "emergency": {"name": "emergency_contact", "phone": "emergency_contact", "phone2": "emergency_contact",
                  "": "emergency_contact"},
    "hukou": {"residence": "hukou_address", "hukou_address": "hukou_address", "hukou_region": "hukou_region",
              "hukou_nature": "hukou_nature", "person_kind": "person_kind", "household_no": "household_no"},
    "living": {"residence": "residence"},
    "work": {"name": "employer", "org_name": "employer", "residence": "work_address",
             "org_address": "work_address",
             "org_uscc": "employer_uscc", "employer": "employer", "phone": "org_phone", "": "employer"},
    "organisation": {"name": "legal_person", "org_name": "org_name", "employer": "org_name",
                     "residence": "org_address",
                     "work_address": "org_address", "phone": "org_phone", "phone2": "org_phone"},
}  # fmt: skip
# Facts of the renter beyond these belong to the person living there; facts of an owner or a head do not.
_STRICT = {"owner", "head", "guardian", "emergency"}
_INDEX = {word: role for role, words in _WORDS.items() for word in words.split()}
_LONGEST_FIRST = sorted(_INDEX, key=len, reverse=True)
_PREFIX_ROLES = ("owner", "renter", "head", "guardian", "emergency", "hukou", "organisation", "work")


def role_of(group: str) -> str:
    """Return the role a normalised group header names, or ""."""
    for tail in _TAILS:
        group = group.removesuffix(tail) or group
    return _INDEX.get(group, "")


def split_role(header: str) -> tuple[str, str]:
    """Split "房东手机" into ("owner", "手机"); ("", header) when no role leads."""
    for word in _LONGEST_FIRST:
        if header.startswith(word) and len(header) > len(word) and _INDEX[word] in _PREFIX_ROLES:
            return _INDEX[word], header[len(word) :].removeprefix("的")
    return "", header


def combined(role: str, leaf: str) -> str | None:
    """Return the fact that a leaf's fact becomes under a role; None when the register does not hold it."""
    return _FACTS[role].get(leaf, None if role in _STRICT else leaf)
