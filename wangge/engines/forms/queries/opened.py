"""One answer as the console shows it: by the parts of its form, facts masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wangge.registry.ledgers.outgoing.columns import mask_for

from ..answers import MEDIA, Unreadable
from ..enums import Cannot
from ..models import Submission
from .asked import Asked, answered, asked_in
from .prefill import PERSON_ID


@dataclass
class Part:
    """A group of the form, or one row of a repeat (``number`` from 1), with its answers: label, text."""

    title: str
    number: int = 0
    lines: list[tuple[str, str]] = field(default_factory=list)


def told_in(row: Submission) -> list[Part]:
    """What an answer says, without what nobody answered; empty when it cannot be read any more. The caller
    notes the reading."""
    try:
        values = answered(row)
    except Unreadable:
        return []
    asked = asked_in(row.version)
    parts: dict[str, Part] = {}
    for one in asked:
        if not one.repeat:
            parts.setdefault(one.part, Part(one.title)).lines += _lines([one], values.single, values.waived())
    for repeat, rows in values.repeated.items():
        inside = [one for one in asked if one.repeat == repeat]
        for number, answers in enumerate(rows, start=1):
            parts[f"{repeat} {number}"] = Part(
                inside[0].repeat_title, number, _lines(inside, answers, values.waived(number))
            )
    return [part for part in parts.values() if part.lines]


def masked(means: str, text: str) -> Any:
    """An answer that is a fact (its code in ``means``) as screens show it; None when it needs no mask."""
    mask = mask_for(means) if means else None
    return mask(_dated(text)) if mask else None


def _lines(
    asked: Iterable[Asked], answers: Mapping[str, str], waived: Mapping[str, str]
) -> list[tuple[str, str]]:
    shown = [one for one in asked if one.name != PERSON_ID and one.type not in MEDIA]
    said = [
        (one.label, _words(one, answers.get(one.path, "")) or _why(waived.get(one.path))) for one in shown
    ]
    media = [(one.label, _why(waived[one.path])) for one in asked if one.type in MEDIA and one.path in waived]
    return [line for line in (*said, *media) if line[1]]


def _why(code: str | None) -> str:
    """Why an answer could not be given, in words; "" when nothing was said about it."""
    if code is None:
        return ""
    told = Cannot(code).label if code in Cannot.values else _("没有说明原因")
    return _("没有填：%(why)s") % {"why": told}


def _words(one: Asked, text: str) -> str:
    if not text:
        return ""
    hidden = masked(one.means, text)
    return one.told(text) if hidden is None else str(hidden)


def _dated(text: str) -> Any:
    """A day as the masks know one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
