"""The fact dictionary as its pages show it: searched, grouped, and who uses each fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.foundation.access.enums import MAY, Role
from wangge.registry.ledgers.dictionary import Code, Fact, admitted, called, code_lists, facts, header_forms
from wangge.registry.ledgers.models import AdmittedField, HeaderRuling
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, Ledger, columns_of, ledger_named
from wangge.registry.people.enums import Source

from .standards import current_standards

TARGETS: dict[str, Any] = {
    "person": _("人口"),
    "tie": _("居住、就业等关系"),
    "household": _("户"),
    "room": _("房屋"),
    "building": _("楼栋"),
    "owner": _("业主"),
    "renter": _("承租人"),
    "organisation": _("企业和场所"),
    "row": _("表内辅助列"),
}
KINDS: dict[str, Any] = {
    "text": _("文字"),
    "name": _("姓名"),
    "id_no": _("证件号码"),
    "date": _("日期"),
    "phone": _("电话"),
    "sex": _("从选项里选"),
    "mark": _("是或否"),
    "code": _("从选项里选"),
    "number": _("数字"),
    "address": _("地址"),
    "region": _("行政区划"),
    "area": _("社区或网格"),
    "uscc": _("统一社会信用代码"),
}
LEVELS: dict[int, Any] = {1: _("公开"), 2: _("内部"), 3: _("个人信息"), 4: _("敏感个人信息")}
SEEN: dict[int, Any] = {
    1: _("登录后可以看台账的人都能看。"),
    2: _("辖区内可以看台账的人能看。"),
    3: _("辖区内可以看人员的人能看；姓名、证件号码、电话和地址打码显示，看完整的要写明理由并留痕。"),
    4: _("打码或只显示 ***；有“查看完整证件号、电话”权限的人写明理由后能看，并留痕。"),
}
_RIGHTS = {1: "ledger.view", 2: "ledger.view", 3: "person.view", 4: "person.reveal"}


@dataclass(frozen=True)
class Use:
    """Something that uses a fact. what: what it is, as a reader calls it; address: its page, "" = none."""

    what: Any
    name: str
    address: str = ""


UsesOf = Callable[[str], list[Use]]
_elsewhere: list[UsesOf] = []


def register_uses(uses: UsesOf) -> None:
    """Let an app above say who else uses a fact, within the reach; call it from ``AppConfig.ready``."""
    if uses not in _elsewhere:
        _elsewhere.append(uses)


@dataclass
class FactPage:
    """Everything the page of one fact shows."""

    fact: Fact
    target: Any
    kind: Any
    level: Any
    seen: Any
    roles: list[Any]
    codes: list[Code]
    standard: str
    ledgers: list[Ledger]
    standards: list[Use]
    elsewhere: list[Use]
    sources: list[Any]
    row: AdmittedField | None = None
    ruled: list[str] = field(default_factory=list)  # headers the district ruled to mean it


@dataclass
class Entry:
    """A line of the list."""

    fact: Fact
    level: Any
    kind: Any
    codes: list[Code] = field(default_factory=list)
    admitted: bool = False
    withdrawn: bool = False


def entries(text: str = "", target: str = "", only: str = "") -> list[tuple[Any, list[Entry]]]:
    """The dictionary grouped by what a fact is about.

    Args:
        text: part of a name, code, definition or header. only: "admitted" for what the district added.
    """
    found = sorted(
        (fact for fact in facts().values() if _wanted(fact, text, target, only)),
        key=lambda fact: list(TARGETS).index(fact.target),
    )
    groups = groupby(found, key=lambda fact: fact.target)
    return [(TARGETS[about], [_entry(fact) for fact in group]) for about, group in groups]


def _wanted(fact: Fact, text: str, target: str, only: str) -> bool:
    if (target and fact.target != target) or (only == "admitted" and fact.code not in admitted().facts):
        return False
    said = (fact.name, fact.name_en, fact.code, fact.definition.zh, fact.definition.en, *fact.synonyms)
    asked = text.strip().lower()
    return not asked or any(form in word.lower() for word in said for form in (asked, *header_forms(asked)))


def _entry(fact: Fact) -> Entry:
    codes = code_lists().get(fact.codes)
    held = admitted()
    return Entry(
        fact=fact,
        level=LEVELS[fact.level],
        kind=KINDS[fact.kind],
        codes=list(codes.codes) if codes else [],
        admitted=fact.code in held.facts,
        withdrawn=fact.code in held.withdrawn,
    )


def fact_page(fact: Fact) -> FactPage:
    """All about one fact."""
    codes = code_lists().get(fact.codes)
    return FactPage(
        fact=fact,
        target=TARGETS[fact.target],
        kind=KINDS[fact.kind],
        level=LEVELS[fact.level],
        seen=SEEN[fact.level],
        roles=list(_roles(fact.level)),
        codes=list(codes.codes) if codes else [],
        standard=codes.standard if codes else "",
        ledgers=[ledger for ledger in LEDGERS if fact.code in columns_of(ledger)],
        standards=_standards(fact.code),
        elsewhere=[use for uses in _elsewhere for use in uses(fact.code)],
        sources=[source.label for source in sorted(Source, reverse=True)],
        row=AdmittedField.objects.filter(code=fact.code).first(),
        ruled=list(HeaderRuling.objects.filter(fact=fact.code).values_list("header", flat=True)),
    )


def _roles(level: int) -> Iterator[Any]:
    return (Role(role).label for role, rights in MAY.items() if _RIGHTS[level] in rights)


def _standards(code: str) -> list[Use]:
    rows = [row for row in current_standards().values() if code in row.columns]
    return [Use(f"v{row.version}", str(ledger_named(row.ledger).name)) for row in rows]


def fact_names() -> dict[str, str]:
    """Every fact of the dictionary by its code, with the name people know it by."""
    return {code: called(code) for code in facts()}
