"""The ledgers of the house: saved queries with columns and masking, never tables (spec §2.5, §5.2)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.registry.ledgers.dictionary import admitted

_WHO = ("name", "sex", "birth", "age", "id_type", "id_no", "phone")
_HOME = ("community", "grid", "residence")
_HUKOU = ("hukou_region", "hukou_address")


@dataclass(frozen=True)
class Ledger:
    """One view of the register.

    code: its name in addresses and files; rule: key in ``conditions.RULES``; kind: the tie a row speaks of
    (lives, hukou, works); columns: fact codes in order; shown: the columns of the page on the screen; main:
    one of the four ledgers of S12; meaning: who is in it, in plain words; few: one in a hundred or less.
    """

    code: str
    name: str | Promise
    kind: str
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    meaning: str | Promise
    main: bool = False
    few: bool = False

    @property
    def chinese(self) -> str:
        """The name every export and the command line know, whatever the language of the page."""
        return CHINESE[self.code]


_RESIDENT = (
    *_WHO,
    "nationality",
    *_HUKOU,
    *_HOME,
    "household_no",
    "relation",
    "residence_since",
    "residence_way",
    "education",
    "marriage",
    "employment",
    "occupation",
    "employer",
    "school",
    "residence_code_status",
)
_FLOATING = (
    *_WHO,
    *_HUKOU,
    *_HOME,
    "arrive_date",
    "planned_until",
    "reason_come",
    "residence_way",
    "room_state",
    "education",
    "marriage",
    "employment",
    "occupation",
    "employer",
    "residence_code_status",
)
_STAFF = (
    *_WHO,
    *_HUKOU,
    "employer",
    "employer_uscc",
    "occupation",
    *_HOME,
    "work_since",
    "education",
)
_PAGE = ("name", "sex", "age", "id_no", "phone", "residence")

LEDGERS: tuple[Ledger, ...] = (
    Ledger(
        "resident",
        _("常住人口"),
        "lives",
        _RESIDENT,
        (*_PAGE, "relation", "residence_since"),
        _("在本辖区住满半年，或户籍在本地、离开不满半年的人。"),
        main=True,
    ),
    Ledger(
        "floating",
        _("流动人口"),
        "lives",
        _FLOATING,
        (*_PAGE, "hukou_region", "arrive_date"),
        _("户籍在外市或外省、现住本辖区的人。"),
        main=True,
    ),
    Ledger(
        "outside",
        _("外来人口"),
        "lives",
        _FLOATING,
        (*_PAGE, "hukou_region", "arrive_date"),
        _("户籍不在本区、现住或暂住本辖区的人，不论住多久。"),
        main=True,
    ),
    Ledger(
        "staff",
        _("企业人员"),
        "works",
        _STAFF,
        ("name", "sex", "age", "id_no", "phone", "employer", "occupation"),
        _("在本辖区企业、店铺和单位工作的人，不论住在哪里。"),
        main=True,
    ),
    Ledger(
        "hukou", _("户籍人口"), "hukou", _RESIDENT, (*_PAGE, "hukou_address"), _("户籍地址在本辖区的人。")
    ),
    Ledger(
        "lodging",
        _("寄住人口"),
        "lives",
        _RESIDENT,
        (*_PAGE, "hukou_region", "residence_since"),
        _("户籍在本市其他地方、现住本辖区的人。"),
    ),
    Ledger(
        "absent",
        _("户在人不在"),
        "hukou",
        _RESIDENT,
        ("name", "sex", "age", "id_no", "phone", "hukou_address"),
        _("户籍在本辖区、没有登记住在本社区的人。"),
    ),
    Ledger(
        "together",
        _("人户一致"),
        "lives",
        _RESIDENT,
        (*_PAGE, "relation", "residence_since"),
        _("户籍地址和现住址是同一处房屋的人。"),
    ),
    Ledger(
        "abroad",
        _("境外和港澳台"),
        "lives",
        ("nationality", *_FLOATING),
        ("name", "nationality", *_PAGE[1:], "arrive_date"),
        _("国籍不是中国，或持港澳台证件的人。"),
        few=True,
    ),
    Ledger(
        "short",
        _("短住来访"),
        "lives",
        _FLOATING,
        (*_PAGE, "arrive_date", "planned_until"),
        _("预计只住不满 30 天的人。"),
    ),
)
CHINESE = {
    "resident": "常住人口",
    "floating": "流动人口",
    "outside": "外来人口",
    "staff": "企业人员",
    "hukou": "户籍人口",
    "lodging": "寄住人口",
    "absent": "户在人不在",
    "together": "人户一致",
    "abroad": "境外和港澳台",
    "short": "短住来访",
}


def columns_of(ledger: Ledger) -> tuple[str, ...]:
    """The columns of a ledger's exports: its own, then the admitted fields meant for it."""
    return ledger.columns + admitted().ledgers.get(ledger.code, ())


_BY_CODE = {ledger.code: ledger for ledger in LEDGERS}
_OTHER_NAMES = {
    "户籍": "hukou",
    "寄住": "lodging",
    "空挂": "absent",
    "境外": "abroad",
    "港澳台": "abroad",
    "短住": "short",
    "来访": "short",
    "常住": "resident",
    "流动": "floating",
    "外来": "outside",
    "企业": "staff",
}


def ledger_named(name: str) -> Ledger:
    """The ledger of this code or Chinese name (常住, 常住人口, 常住人口台账 are one).

    Raises KeyError for a name no ledger has.
    """
    plain = name.strip().removesuffix("台账")
    if plain.lower() in _BY_CODE:
        return _BY_CODE[plain.lower()]
    for code, chinese in CHINESE.items():
        if plain in (chinese, chinese.removesuffix("人口").removesuffix("人员")):
            return _BY_CODE[code]
    return _BY_CODE[_OTHER_NAMES[plain]]
