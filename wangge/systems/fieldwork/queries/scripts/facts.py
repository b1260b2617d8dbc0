"""Which facts are due: missing, contradicted or past their freshness. Nothing fresh is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from wangge.foundation.territory.queries import setting
from wangge.registry.ledgers.queries.kept import RECORD, Kept
from wangge.registry.people.enums import Source
from wangge.registry.people.queries import label_of, masked

from .ground import OF_TIE, SEALED, Held, opened
from .parts import CONTRADICTED, MISSING, STALE, Question

MUST = "visit.must_know"  # facts asked when missing, besides those the dictionary calls mandatory
MUST_BY_DEFAULT = ("phone", "room_state")
HAS_PHONE = 16  # years of age from which a phone of one's own is asked for
HERE, LEFT = "here", "left"
TYPES = {
    "code": "select", "sex": "select", "mark": "select", "number": "number", "date": "date",
    "phone": "phone", "id_no": "id_no",
}  # fmt: skip


class Due(NamedTuple):
    """A fact to ask for. since: when it was last confirmed, None for never."""

    held: Held
    fact: str
    why: str
    since: date | None = None
    days: int = 0


class Asker:
    """Knows the dictionary and the day; tells what is due of a person and how it is asked."""

    def __init__(self, kept: dict[str, Kept], today: date) -> None:
        self.kept, self.today = kept, today
        self.must = {code for code, fact in kept.items() if fact.mandatory} | set(
            setting(MUST, MUST_BY_DEFAULT)
        )
        self.record = [code for code, fact in kept.items() if fact.target in RECORD and code != "name"]
        self._limits = {
            code: today - timedelta(days=kept[code].fresh_days)
            for code in self.record
            if kept[code].fresh_days
        }
        self._always = set(self._limits) | (self.must & set(self.record))
        self._opened: dict[tuple[int, str], str] = {}
        # said once for a grid's thousands of questions
        self._labels = {code: label_of(code) for code in self.record}
        self._labels["residence"] = _("现在是否还住在这里")
        self._options = {code: fact.options or None for code, fact in kept.items()}
        self._options["residence"] = ((HERE, _("还住在这里")), (LEFT, _("已经离开")))
        self.words = {
            MISSING: _("登记册里还没有。"),
            "never": _("从来没有人确认过。"),
            STALE: _("上次确认 %(day)s，已过 %(days)d 天。"),
        }
        self._shown_as: dict[tuple[str, object], str] = {}
        self._looked_at: dict[tuple[str, ...], Sequence[str]] = {}

    @property
    def kept_of_a_person(self) -> set[str]:
        """What the register's own form asks of everybody: what must be known or kept fresh."""
        return self._always

    def due(self, held: Held, wanted: Collection[str] = ()) -> Iterator[Due]:
        """What is to be asked of a person; ``wanted`` facts also where they are not mandatory."""
        for fact in self.record if held.disputed else self._among(tuple(wanted)):
            if fact in held.disputed:
                yield Due(held, fact, CONTRADICTED, held.told(fact))
            elif (fact in self._always or fact in wanted) and (why := self._why(held, fact, wanted)):
                yield Due(held, fact, why, held.told(fact), self.kept[fact].fresh_days)

    def _among(self, wanted: tuple[str, ...]) -> Sequence[str]:
        """The facts that may be due of whom nobody disagrees about, in the dictionary's order."""
        if wanted not in self._looked_at:
            asked = {*self._always, *wanted}
            self._looked_at[wanted] = [fact for fact in self.record if fact in asked]
        return self._looked_at[wanted]

    def _why(self, held: Held, fact: str, wanted: Collection[str]) -> str:
        if not self.known(held, fact):
            return MISSING if (fact in self.must or fact in wanted) and self._may_have(held, fact) else ""
        limit, told = self._limits.get(fact), None
        if limit is not None:
            told = held.told(fact)
        return STALE if limit is not None and (told is None or told < limit) else ""

    def known(self, held: Held, fact: str) -> bool:
        """Whether the register says anything of it."""
        if fact == "residence":
            return held.home is not None
        if fact in OF_TIE:
            return held.home is not None and bool(getattr(held.home, OF_TIE[fact]))
        return held.values.get(fact) not in (None, "")

    def _may_have(self, held: Held, fact: str) -> bool:
        if fact != "phone" or held.birth is None:
            return True
        return (self.today - held.birth).days >= HAS_PHONE * 365.25

    def open_for(self, dues: Collection[Due]) -> None:
        """Open the sealed values that will be shown, all at once."""
        sealed = [(due.held, due.fact) for due in dues if due.fact in SEALED]
        self._opened |= opened(sealed)

    def question(self, due: Due, reason: str = "") -> Question:
        """How it is asked."""
        code, held = due.fact, due.held
        return Question(
            key=f"person:{held.pk}:{code}",
            label=f"{held.name} · {self._labels[code]}",
            type="select" if code == "residence" else TYPES.get(self.kept[code].kind, "text"),
            why=due.why,
            reason=reason or self.said(due),
            options=self._options[code],
            fact=code,
            person=held.pk,
            known=self._shown(due) or None,
        )

    def _shown(self, due: Due) -> str:
        if due.fact == "residence" or not self.known(due.held, due.fact):
            return ""
        if due.fact in SEALED:
            return masked(due.fact, self._opened.get((due.held.pk, due.fact), ""))
        value = due.held.values.get(due.fact)
        if due.fact in OF_TIE and due.held.home is not None:
            value = getattr(due.held.home, OF_TIE[due.fact])
        if (due.fact, value) not in self._shown_as:
            self._shown_as[(due.fact, value)] = masked(due.fact, value)
        return self._shown_as[(due.fact, value)]

    def said(self, due: Due) -> str:
        """Why, in words."""
        if due.why == CONTRADICTED:
            held, offered = (Source(source).label for source in due.held.disputed[due.fact])
            return _("%(held)s与%(offered)s说法不同，请核实。") % {"held": held, "offered": offered}
        if due.why == MISSING:
            return self.words[MISSING]
        if due.since is None:
            return self.words["never"]
        return self.words[STALE] % {"day": due.since.isoformat(), "days": due.days}
