"""Pairs that wait for a human, and what stands on either side."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.lib.linking import WORDS
from wangge.lib.masking import mask_id, mask_phone
from wangge.lib.sealing import unseal
from wangge.registry.people.models import Person, Room, Tie

from ..dictionary import called, code_list, facts
from ..enums import CaseState
from ..models import Case
from ..outgoing.regions import region_name

REASONS: dict[str, str | Promise] = {
    **WORDS,  # what the matcher found; below, what cases from before it say
    "same_name": _("姓名相同"),
    "same_birth": _("出生日期相同"),
    "same_phone": _("电话相同"),
    "same_room": _("住处相同"),
    "same_relation": _("与户主关系相同"),
    "near_phone": _("电话相近"),
    "same_household": _("同一户"),
    "near_name": _("姓名相近"),
    "same_sex": _("性别相同"),
    "same_id": _("证件号码相同"),
    "same_hukou": _("户籍地相同"),
}
MASKS: dict[str, Callable[[str], str]] = {"id_no": mask_id, "phone": mask_phone, "phone2": mask_phone}
COMPARED = (
    "name",
    "id_no",
    "sex",
    "birth",
    "phone",
    "phone2",
    "former_name",
    "nationality",
    "hukou_region",
    "hukou_address",
    "education",
    "marriage",
    "employment",
    "occupation",
    "school",
)
TIES = {
    "lives": _("现住"),
    "hukou": _("户籍"),
    "works": _("就业"),
    "owns": _("产权"),
    "rents": _("承租"),
    "member": _("成员"),
    "cares": _("照护"),
}


def cases(*, decided: bool = False, batch: int | None = None) -> QuerySet[Case]:
    """Waiting pairs, the likeliest first; or decided ones, the latest first."""
    found = Case.objects.select_related("person", "batch")
    found = (
        found.exclude(state=CaseState.OPEN).order_by("-decided_at")
        if decided
        else found.filter(state=CaseState.OPEN).order_by("-score", "pk")
    )
    return found.filter(batch=batch) if batch else found


def undoable(keys: Sequence[int]) -> list[Case]:
    """Those of these pairs that were decided and whose decision can be taken back."""
    found = Case.objects.filter(pk__in=keys).exclude(state=CaseState.OPEN).exclude(undo_sealed="")
    return list(found.defer("offered_sealed", "undo_sealed")) if keys else []


def next_case(case: Case) -> int | None:
    """The pair after this one in the order of the list; the first again after the last."""
    waiting = list(cases().exclude(pk=case.pk).values_list("score", "pk")[:500])
    after = [pk for score, pk in waiting if (-score, pk) > (-case.score, case.pk)]
    return after[0] if after else waiting[0][1] if waiting else None


@dataclass
class CaseLine:
    """A pair in the list."""

    case: Case
    offered: str
    held: str
    percent: int
    reasons: list[str]
    area: str


def line_of(case: Case, area: str = "") -> CaseLine:
    """What the list shows of a pair."""
    offered = _offered(case)["facts"]
    reasons = [str(REASONS.get(code, code)) for code in case.reasons]
    return CaseLine(case, offered.get("name", ""), case.person.name, round(100 * case.score), reasons, area)


def _offered(case: Case) -> dict[str, Any]:
    return json.loads(unseal(case.offered_sealed)) if case.offered_sealed else {"facts": {}, "ties": []}


@dataclass
class Side:
    """One fact on both sides. verdict: same | different | only (one side knows it)."""

    label: str
    offered: str
    held: str

    @property
    def verdict(self) -> str:
        if not self.offered or not self.held:
            return "only"
        return "same" if self.offered == self.held else "different"


def pair_of(case: Case) -> list[Side]:
    """Every fact either side knows, masked, the differences kept visible."""
    offered, person = _offered(case), case.person
    sides = [
        Side(
            called(code),
            *_shown(code, offered["facts"].get(code), _held(person, code)),
        )
        for code in COMPARED
    ]
    sides += _ties(offered["ties"], person)
    return [side for side in sides if side.offered or side.held]


def _held(person: Person, code: str) -> Any:
    return person.id_no if code == "id_no" else getattr(person, code, "")


def _shown(code: str, offered: Any, held: Any) -> tuple[str, str]:
    ours, theirs = _text(code, offered), _text(code, held)
    mask = MASKS.get(code)
    if mask is None:
        return ours, theirs
    if ours and theirs and ours != theirs and mask(ours) == mask(theirs):  # masked alike, yet not the same
        return f"{mask(ours)}（{_('与登记不同')}）", mask(theirs)
    return mask(ours) if ours else "", mask(theirs) if theirs else ""


def _text(code: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if code == "hukou_region":
        return region_name(str(value))
    lists = facts()[code].codes if code in facts() else ""
    return str(code_list(lists).called(str(value))) if lists else str(value)


def _ties(offered: list[dict[str, Any]], person: Person) -> list[Side]:
    held = Tie.objects.filter(person=person, known_to=None, valid_to=None).select_related(
        "room__building", "organisation"
    )
    theirs: dict[str, str] = {}
    for tie in held.order_by("pk"):
        theirs.setdefault(tie.kind, str(tie.room or tie.organisation or ""))
    rooms = {
        room.pk: str(room)
        for room in Room.objects.filter(
            pk__in=[tie["room"] for tie in offered if tie.get("room")]
        ).select_related("building")
    }
    ours = {tie["kind"]: rooms.get(tie.get("room") or 0, "") for tie in offered}
    return [
        Side(str(TIES.get(kind, kind)), ours.get(kind, ""), theirs.get(kind, ""))
        for kind in {**ours, **theirs}
    ]
