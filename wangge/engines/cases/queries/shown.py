"""One case as its page shows it: clocks, steps, photos before and after, who follows it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from wangge.foundation.photos.queries import whole_of
from wangge.foundation.territory.queries import names_of
from wangge.lib.masking import mask_name, mask_phone
from wangge.lib.sealing import unseal

from ..enums import Role
from ..kinds import admitted, confidential
from ..models import Case, Clock, Step
from ..reading.procedure import Procedure
from ..words import Left, left, spelled, told_words, when_words
from .timeline import step_name, steps_of

CONTACTS = "cases.reporter"  # what contacts are sealed for


@dataclass(frozen=True)
class ClockLine:
    """A clock with its words; ``stands`` is running, paused, kept or missed."""

    label: str
    limit: str
    due: datetime | None
    left: Left
    stands: str


@dataclass(frozen=True)
class PhotoLine:
    """A photo and what it shows; ``here``: its file has arrived."""

    digest: str
    when: str
    label: str
    here: bool


@dataclass(frozen=True)
class StepLine:
    """A step with its words."""

    step: Step
    label: str
    who: str
    state: str
    words: str = ""
    hidden: bool = False  # something was said or shown that is not for this reader
    told: str = ""
    others: tuple[str, ...] = ()  # numbers of cases it speaks of
    photos: list[PhotoLine] = field(default_factory=list)


def clock_lines(case: Case, procedure: Procedure, now: datetime) -> list[ClockLine]:
    """Its clocks, the running ones first."""
    rows = case.clocks.order_by("stopped_at", "pk")
    lines = [_clock(case, clock, procedure, now) for clock in rows]
    return sorted(lines, key=lambda line: line.stands in ("kept", "missed"))


def _clock(case: Case, clock: Clock, procedure: Procedure, now: datetime) -> ClockLine:
    label = _label(procedure, clock.key)
    words = _("另定日期") if clock.until else spelled_limit(clock.limit)
    if clock.stopped_at is None:
        shown = left(clock.due_at, now, paused=case.paused)
        return ClockLine(label, words, clock.due_at, shown, "paused" if case.paused else "running")
    late = clock.due_at is not None and clock.stopped_at > clock.due_at
    if late and clock.due_at is not None:
        over = _("超时 %(time)s") % {"time": spelled(clock.stopped_at - clock.due_at)}
        return ClockLine(label, words, clock.due_at, Left(over, "late"), "missed")
    return ClockLine(label, words, clock.due_at, Left(_("按时"), "kept"), "kept")


def _label(procedure: Procedure, key: str) -> str:
    try:
        return procedure.clock(key).label
    except KeyError:
        return key


def spelled_limit(text: str) -> str:
    """A limit such as 3wd in words."""
    names = {"m": _("%(n)s 分钟"), "h": _("%(n)s 小时"), "d": _("%(n)s 天"),
             "wh": _("%(n)s 个工作小时"), "wd": _("%(n)s 个工作日")}  # fmt: skip
    number = text.rstrip("mhdw")
    if number == "0":
        return _("立即")
    return names.get(text[len(number) :], "%(n)s") % {"n": number or text}


@dataclass(frozen=True)
class Said:
    """What a reader may read of what was said: ``words`` by op where they are kept apart; ``all``: photos and
    everything."""

    words: dict[Any, str] = field(default_factory=dict)
    all: bool = True


def said_to(reader: Any, case: Case) -> Said:
    """What was said in a case, as far as the reader may read it."""
    secret = confidential(case)
    if secret is None:
        return Said()
    return Said(secret.told(case)) if admitted(reader, case) else Said(all=False)


def step_lines(case: Case, procedure: Procedure, said: Said | None = None) -> list[StepLine]:
    """Its steps in their order."""
    steps, said = list(steps_of(case)), said or Said()
    here = whole_of(photo["digest"] for step in steps for photo in step.photos)
    areas = names_of({str(step.data.get(end, "")) for step in steps for end in ("area", "from", "to")})
    return [_step(step, procedure, here, areas, said) for step in steps]


def _step(step: Step, procedure: Procedure, here: set[str], areas: dict[str, str], said: Said) -> StepLine:
    state = "" if step.came_from == step.came_to else procedure.state(step.came_to).label
    who = str(Role(step.who).label) if step.who in Role.values else ""
    photos = [
        PhotoLine(one["digest"], one["when"], when_words(one["when"]), one["digest"] in here)
        for one in (step.photos if said.all else [])
    ]
    hidden = not said.all and bool(step.photos or step.data.get("words_proof"))
    words = step.words or said.words.get(step.op, "")
    others = (str(step.data["other"]),) if step.data.get("other") else ()
    told = _told(step, procedure, areas)
    name = step_name(procedure, step.key)
    return StepLine(step, name, who, state, words, hidden, told, others, photos)


def _told(step: Step, procedure: Procedure, areas: dict[str, str]) -> str:
    """What a step says beside its words: a clock's warning, an extension, a level, a move."""
    data = step.data
    if step.key == "clock":
        return _clock_words(data, procedure)
    if step.key == "moved":
        return _("%(before)s → %(after)s") % {
            "before": areas.get(data.get("from", ""), data.get("from", "")),
            "after": areas.get(data.get("to", ""), data.get("to", ""))}  # fmt: skip
    said = []
    if level := data.get("level"):
        said.append(_("等级：%(level)s") % {"level": _level(procedure, str(level))})
    if until := parse_datetime(str(data.get("until", ""))):
        said.append(_("期限：%(day)s") % {"day": f"{timezone.localtime(until):%Y-%m-%d}"})
    if area := areas.get(str(data.get("area", ""))):
        said.append(_("区域：%(area)s") % {"area": area})
    return "；".join(said)


def _clock_words(data: dict[str, Any], procedure: Procedure) -> str:
    words = {"clock": _label(procedure, data.get("clock", "")),
             "whom": "".join(told_words([data.get("tell", "")]))}  # fmt: skip
    if data.get("what") == "warned":
        return _("“%(clock)s”快到期，提醒%(whom)s") % words
    if data.get("what") == "late":
        return _("“%(clock)s”超时，告知%(whom)s") % words
    if data.get("what") == "told":
        return _("“%(clock)s”告知%(whom)s") % words
    return _("“%(clock)s”仍未办，告知%(whom)s") % words


def _level(procedure: Procedure, key: str) -> str:
    try:
        return procedure.level_of(key).label
    except KeyError:
        return key


def compared(lines: Iterable[StepLine]) -> tuple[list[PhotoLine], list[PhotoLine]]:
    """The photos before and after, three each at most: the first before, the last after. ([], []) unless
    there are both."""
    photos = [photo for line in lines for photo in line.photos if photo.here]
    after = [photo for photo in photos if photo.when == "after"][-3:]
    before = [photo for photo in photos if photo.when != "after"][:3]
    return (before, after) if before and after else ([], [])


def photo_digests(case: Case) -> set[str]:
    """Every photo that a step of the case names."""
    return {photo["digest"] for photos in case.steps.values_list("photos", flat=True) for photo in photos}


@dataclass(frozen=True)
class Contact:
    """Somebody who is told how it goes."""

    name: str
    phone: str
    came_with: str  # the number of the case it came with, "" for this one
    receipt: bool


def contacts_of(case: Case, *, clear: bool = False) -> list[Contact]:
    """Who reported it, and who reported what was merged into it; masked unless a reveal was logged."""
    rows = case.followers.select_related("came_with").order_by("pk")
    return [_contact(case, row, clear) for row in rows]


def _contact(case: Case, row: Any, clear: bool) -> Contact:
    name, phone = json.loads(unseal(row.contact_sealed, CONTACTS)) if row.contact_sealed else ("", "")
    other = "" if row.came_with_id == case.pk else row.came_with.number
    shown = (name, phone) if clear else (mask_name(name), mask_phone(phone))
    return Contact(shown[0], shown[1], other, bool(row.receipt))
