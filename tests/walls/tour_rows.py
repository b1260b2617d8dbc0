"""The doors of tours."""

from __future__ import annotations

from typing import Any

from tests.systems.tours.tour_cast import a_decision, a_tour, with_photo
from tests.walls.row import Row

PLANS = ("campaign.manage",)


def tour(area: str) -> dict[str, Any]:
    return {"pk": a_tour(f"{area}001", area).pk}


def stop(area: str) -> dict[str, Any]:
    made = a_tour(f"{area}001", area)
    return {"pk": made.pk, "stop": made.stops.first().pk}


def file(area: str) -> dict[str, Any]:
    return tour(area) | {"form": "docx"}


def number(area: str) -> dict[str, Any]:
    return {"number": a_decision(a_tour(f"{area}001", area).stops.first()).case.number}


def photo(area: str) -> dict[str, Any]:
    found = with_photo(a_tour(f"{area}001", area).stops.first())
    return {"number": found.case.number, "digest": found.case.steps.first().photos[0]["digest"]}


TOURS = [
    Row("tours:list", "decision.make", rights_too=PLANS),
    Row("tours:new", "campaign.manage"),
    Row("tours:new", "campaign.manage", None, "POST"),
    Row("tours:tour", "decision.make", tour, rights_too=PLANS),
    Row("tours:edit", "campaign.manage", tour),
    Row("tours:edit", "campaign.manage", tour, "POST"),
    Row("tours:arrive", "decision.make", stop, "POST", rights_too=PLANS),
    Row("tours:raise", "decision.make", tour, rights_too=PLANS),
    Row("tours:raise", "decision.make", tour, "POST", rights_too=PLANS),
    Row("tours:briefing", "decision.make", tour, rights_too=PLANS),
    Row("tours:briefing_file", "decision.make", file, rights_too=PLANS),
    Row("tours:log", "decision.make", rights_too=PLANS),
    Row("tours:problem", "decision.make", number, rights_too=PLANS),
    Row("tours:take", "decision.make", number, "POST", form="step=withdraw", rights_too=PLANS),
    Row("tours:photo", "decision.make", photo, rights_too=PLANS),
]  # fmt: skip
