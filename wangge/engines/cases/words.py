"""How long is left, and who is told, as people say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .enums import Role, Told, When

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON = 4 * HOUR  # from here on a row is marked
TOLD: dict[str, str | Promise] = {
    **dict(Role.choices),
    **dict(Told.choices),
    "handler": gettext_lazy("经办人"),
}


@dataclass(frozen=True)
class Left:
    """Words, and how urgent: late, soon, day (within one), calm, or none where nothing runs."""

    words: str
    tone: str


def left(due: datetime | None, now: datetime, *, paused: bool = False) -> Left:
    """The time until a clock ends.

    Args:
        due: its end; None where nothing runs. paused: the case stands still.
    """
    if due is None:
        return Left(_("停表") if paused else _("不限时"), "none")
    if due <= now:
        return Left(_("超时 %(time)s") % {"time": spelled(now - due)}, "late")
    rest = due - now
    tone = "soon" if rest <= SOON else "day" if rest <= DAY else "calm"
    return Left(_("还剩 %(time)s") % {"time": spelled(rest)}, tone)


def spelled(span: timedelta) -> str:
    """Whole days from two days on, whole hours from one hour on, else minutes (at least one)."""
    minutes = max(1, int(span.total_seconds() // 60))
    if span >= 2 * DAY:
        return ngettext("%(n)d 天", "%(n)d 天", span.days) % {"n": span.days}
    if span >= HOUR:
        return ngettext("%(n)d 小时", "%(n)d 小时", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes}


def told_words(keys: list[str] | tuple[str, ...]) -> list[str]:
    """Whom a step tells."""
    return [str(TOLD.get(key, key)) for key in keys]


def when_words(when: str) -> str:
    """What a photo shows."""
    return str(When(when).label) if when in When.values else str(When.OTHER.label)
