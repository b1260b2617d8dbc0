"""How facts and their codes are called, and how long they stay fresh. The fact dictionary lives one
floor up; it hands its words down at start (``use_dictionary``), so that pages here speak them too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..enums import IdType, Sex

FRESH_DAYS = 365  # for facts the dictionary gives no limit


@dataclass(frozen=True)
class Dictionary:
    """``label``: fact → heading; ``meaning``: (fact, code) → text; ``fresh_days``: fact → days or None;
    ``choices``: fact → its codes with their texts;
    ``sensitive``: fact → whether it is shown only for a reason."""

    label: Callable[[str], str]
    meaning: Callable[[str, str], str]
    fresh_days: Callable[[str], int | None]
    choices: Callable[[str], list[tuple[str, str]]]
    sensitive: Callable[[str], bool]


_dictionary: list[Dictionary] = []


def use_dictionary(dictionary: Dictionary) -> None:
    """From now on speak these words; called once when the process starts."""
    _dictionary[:] = [dictionary]


def _own_labels() -> dict[str, str]:
    return {
        "name": _("姓名"),
        "former_name": _("曾用名"),
        "id_no": _("证件号码"),
        "id_type": _("证件类型"),
        "sex": _("性别"),
        "birth": _("出生日期"),
        "nationality": _("国籍（地区）"),
        "education": _("文化程度"),
        "marriage": _("婚姻状况"),
        "phone": _("联系电话"),
        "phone2": _("备用电话"),
        "hukou_region": _("户籍区划"),
        "hukou_address": _("户籍地址"),
        "hukou_nature": _("户口性质"),
        "occupation": _("职业"),
        "employment": _("从业状况"),
        "school": _("就读学校"),
        "residence_code_status": _("粤居码状态"),
        "guardian": _("监护人"),
        "emergency_contact": _("紧急联系人"),
    }


def label_of(fact: str) -> str:
    """The heading of a fact, e.g. 联系电话."""
    own = _own_labels()
    if fact in own:
        return own[fact]
    return (_dictionary[0].label(fact) if _dictionary else "") or fact


def meaning_of(fact: str, code: str) -> str:
    """What a code means; the code itself where nobody knows."""
    if fact in {"sex", "id_type"}:
        choices: dict[str, object] = dict(Sex.choices if fact == "sex" else IdType.choices)
        return str(choices.get(code, code))
    return (_dictionary[0].meaning(fact, code) if _dictionary else "") or code


def choices_of(fact: str) -> list[tuple[str, str]]:
    """The codes of a fact with what they mean; none where nobody knows."""
    return _dictionary[0].choices(fact) if _dictionary else []


def fresh_days_of(fact: str) -> int:
    """After how many days a fact should be confirmed again; 0 is never."""
    days = _dictionary[0].fresh_days(fact) if _dictionary else None
    return FRESH_DAYS if days is None else days


def is_sensitive(fact: str) -> bool:
    """Whether a further fact is level 4 of the dictionary: shown only for a reason."""
    return bool(_dictionary) and _dictionary[0].sensitive(fact)
