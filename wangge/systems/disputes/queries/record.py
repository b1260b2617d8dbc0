"""What was said and agreed on, opened: only for who handles the dispute."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.lib.sealing import unseal

from ..models import Agreement, FollowUp, Session, Term, Words
from ..models.dispute import SAID


def opened(sealed: str) -> str:
    """Words in clear; "" for none, or once they are erased."""
    return unseal(sealed, SAID) if sealed else ""


def words_of(case: Case) -> dict[UUID, str]:
    """What was said with the steps of a case, by their op."""
    rows = Words._base_manager.filter(case=case).values_list("op", "words_sealed")
    return {op: opened(sealed) for op, sealed in rows}


@dataclass(frozen=True)
class SessionLine:
    """A sitting with its mediators and what each party said: (who, words)."""

    session: Session
    mediators: str
    said: list[tuple[str, str]]


def session_lines(case: Case, called: dict[int, str], *, clear: bool) -> list[SessionLine]:
    """Its sittings.

    Args:
        called: how each party is called, by her number. clear: the reader handles the dispute.
    """
    rows = Session._base_manager.filter(case=case).prefetch_related("mediators__user").order_by("number")
    return [_session(row, called, clear) for row in rows]


def _session(row: Session, called: dict[int, str], clear: bool) -> SessionLine:
    names = [each.user.name or each.user.username for each in row.mediators.all()]
    said = json.loads(opened(row.said_sealed) or "{}") if clear else {}
    lines = [(called.get(int(number), "—"), words) for number, words in said.items() if words]
    return SessionLine(row, "、".join([*names, row.others] if row.others else names), lines)


@dataclass(frozen=True)
class TermLine:
    """One thing agreed on; ``late``: its day is over and it is not done."""

    term: Term
    words: str
    who: str
    late: bool


@dataclass(frozen=True)
class AgreementLine:
    """An agreement, opened."""

    agreement: Agreement
    facts: str
    terms: list[TermLine]


def agreement_lines(case: Case, called: dict[int, str], *, clear: bool) -> list[AgreementLine]:
    """Its agreements, drafts too; see ``session_lines``."""
    rows = Agreement._base_manager.filter(case=case).prefetch_related("terms__party").order_by("number")
    return [_agreement(row, called, clear) for row in rows]


def _agreement(row: Agreement, called: dict[int, str], clear: bool) -> AgreementLine:
    today = timezone.localdate()
    terms = [_term(term, called, clear, today) for term in row.terms.all()]
    return AgreementLine(row, opened(row.facts_sealed) if clear else "", terms)


def _term(term: Term, called: dict[int, str], clear: bool, today: date) -> TermLine:
    who = called.get(term.party.number, "—") if term.party else ""
    late = term.kept is not True and term.due_on < today
    return TermLine(term, opened(term.words_sealed) if clear else "", who, late)


def follow_up_lines(case: Case, *, clear: bool) -> list[tuple[FollowUp, str]]:
    """Its follow-ups with what was said."""
    rows = FollowUp._base_manager.filter(case=case).order_by("on", "pk")
    return [(row, opened(row.words_sealed) if clear else "") for row in rows]
