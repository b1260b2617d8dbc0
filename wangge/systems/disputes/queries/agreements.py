"""The agreements of a dispute that matter now."""

from __future__ import annotations

from wangge.engines.cases.models import Case

from ..models import Agreement, Term


def draft_of(case: Case) -> Agreement | None:
    """The draft that is not signed yet."""
    return Agreement._base_manager.filter(case=case, signed_on=None).first()


def in_force(case: Case) -> Agreement | None:
    """The last that was signed, is no supplement, and was not broken."""
    rows = Agreement._base_manager.filter(case=case, supplement_to=None).exclude(signed_on=None)
    last = rows.order_by("-number").first()
    return last if last is not None and last.kept is not False else None


def terms_in_force(case: Case) -> list[Term]:
    """What was agreed on and holds, supplements too."""
    main = in_force(case)
    if main is None:
        return []
    signed = Agreement._base_manager.filter(case=case, number__gte=main.number).exclude(signed_on=None)
    rows = Term._base_manager.filter(agreement__in=signed).select_related("agreement", "party")
    return list(rows.order_by("agreement__number", "number"))
