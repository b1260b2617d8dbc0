"""Reading one submission as a whole (spec 2.2, "Product design")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import Kind, ReportedBy
from .journey import Journey, read_journey
from .people import Human, read_name, read_people, read_phone
from .refusals import Refused
from .values import Faults, choice, mapping, text

KINDS, REPORTERS = frozenset(Kind.values), frozenset(ReportedBy.values)


@dataclass(frozen=True)
class Report:
    """One submission, every value canonical; ``code`` is still the text that was scanned or typed."""

    report: UUID
    code: str
    kind: str
    reported_by: str
    reporter_name: str
    reporter_phone: str
    notice: str
    people: tuple[Human, ...]
    journey: Journey


def read(payload: Any, now: datetime) -> Report:
    """The submission, checked.

    Raises:
        Refused: what is wrong, each place with its sentence; all of them at once.
    """
    faults: Faults = {}
    if not isinstance(payload, dict):
        raise Refused({"": _("应为一份填报内容（JSON 对象）。")})
    today = timezone.localdate(now)
    report = _uuid(faults, payload.get("report"))
    code = text(faults, "code", payload.get("code"), 400)
    kind = choice(faults, "kind", payload.get("kind"), KINDS)
    by = choice(faults, "reported_by", payload.get("reported_by"), REPORTERS, ReportedBy.SELF)
    reporter = mapping(faults, "reporter", payload.get("reporter"))
    name = read_name(faults, "reporter.name", reporter.get("name"), required=by != ReportedBy.SELF)
    phone = read_phone(faults, "reporter.phone", reporter.get("phone"))
    consent = mapping(faults, "consent", payload.get("consent"))
    notice = text(faults, "consent.notice", consent.get("notice"), 20)
    if not notice and "consent.notice" not in faults:
        faults["consent.notice"] = _("请先阅读并同意个人信息处理告知。")
    people = read_people(faults, payload.get("people"), today)
    journey = read_journey(faults, payload.get("trip"), payload.get("stay"), now, today)
    read = Report(report, code, kind, by, name, phone, notice, people, journey)
    _can_be_followed(faults, read)
    if faults:
        raise Refused(faults)
    return read


def report_of(payload: Any) -> UUID | None:
    """The sender's number of a submission, also of one that is refused."""
    found = _uuid({}, payload.get("report") if isinstance(payload, dict) else None)
    return found if found.int else None


def _uuid(faults: Faults, value: Any) -> UUID:
    try:
        if isinstance(value, str) and len(value) in (32, 36):
            return UUID(value)
    except ValueError:
        pass
    faults["report"] = _("缺少填报编号（UUID）。请刷新页面后重新提交。")
    return UUID(int=0)


def _can_be_followed(faults: Faults, read: Report) -> None:
    """Somebody can be reached, and the first person is told from namesakes."""
    if not read.people:
        return
    first = read.people[0]
    reach = {"people.0", "people.0.phone", "reporter", "reporter.phone"}  # told already where it is wrong
    no_reach, no_paper = (
        (faults.keys() & reach),
        (faults.keys() & {*reach, "people.0.id_no", "people.0.birth"}),
    )
    if not (first.phone or read.reporter_phone or no_reach):
        own = read.reported_by == ReportedBy.SELF
        faults["people.0.phone" if own else "reporter.phone"] = _("请填写手机号，社区核实时要联系。")
    if not (first.id_no or first.birth or first.phone or no_paper):
        faults["people.0.id_no"] = _("请填写证件号码；不便提供时请填写出生日期或手机号。")
