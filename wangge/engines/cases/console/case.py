"""One case: where it stands, what may be done now, what was done."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.actions import note_reading
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.queries import content_of
from wangge.foundation.territory import queries as territory
from wangge.lib.pictures import TYPES

from ..actions.contacts import reveal_contacts
from ..actions.joining import MERGERS
from ..forms.joining import SplitForm
from ..forms.steps import StepForm
from ..kinds import admitted, kind_name, may_split, own_steps_of, pages_of, panel_of, parts_beside, system_of
from ..models import Case, Unit
from ..outgoing.picture import picture_of
from ..outgoing.spot import Spot, spot_of
from ..queries import shown
from ..queries.listing import lines_of
from ..queries.procedures import by_pk, procedure_of
from ..queries.similar import Likeness, similar
from ..queries.worklist import steps_for
from ..rules import capacities
from .finding import case_or_404


@never_cache
@require_GET
@requires("case.view")
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The case's page."""
    return page(request, case_or_404(request, number))


def page(request: HttpRequest, case: Case, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with what a try left behind: ``tried`` (the form), ``stale`` (words), ``split``."""
    note_reading(actor=request.user, subject=case)
    context = _facts(request, case) | _doing(request, case, more.get("tried"))
    context |= _history(request, case) | more
    context.setdefault("split", SplitForm(case))
    parts = parts_beside(request, case)
    context["besides"] = [render_to_string(name, told | {"case": case}, request) for name, told in parts]
    context["doing_beside"] = any(told.get("doing") for _name, told in parts)
    return render(request, "cases/show.html", context, status=status)


def _facts(request: HttpRequest, case: Case) -> dict[str, Any]:
    procedure, now = procedure_of(case), timezone.now()
    (line,) = lines_of([case], now)
    return {
        "case": case, "line": line, "kind": kind_name(case), "procedure": procedure,
        "state": procedure.state(case.state), "clocks": shown.clock_lines(case, procedure, now),
        "place": territory.area_name_path(case.area_code), "spot": _spot(case),
        "helpers": list(Unit._base_manager.filter(helped=case)),  # they may work for wider areas
        "parts": list(case.parts.values_list("number", flat=True)),
        "system": _system_name(case), "panel": _panel(request, case),
        "picture": _picture(case.procedure_id, case.state, case.level, get_language() or ""),
    }  # fmt: skip


@lru_cache(maxsize=256)
def _picture(procedure: str, state: str, level: str, language: str) -> SafeString:
    """A kept procedure is known by its hash and never is another; few pictures serve all cases."""
    return mark_safe(picture_of(by_pk(procedure), state, level))  # escaped where it is drawn


def _system_name(case: Case) -> str:
    try:
        return str(system_of(case.system).name)
    except KeyError:
        return case.system


def _panel(request: HttpRequest, case: Case) -> str:
    found = panel_of(case, request.user)
    return render_to_string(found[0], found[1] | {"case": case}, request) if found else ""


def _spot(case: Case) -> Spot:
    if case.lon is None or case.lat is None:
        return Spot()
    community = case.area_code[:12] if len(case.area_code) > 12 else case.area_code
    shapes = territory.shapes_on(timezone.localdate(), community)
    return spot_of(shapes, territory.names_of(shapes), case.area_code, (case.lon, case.lat))


def _doing(request: HttpRequest, case: Case, tried: StepForm | None) -> dict[str, Any]:
    procedure, held = procedure_of(case), capacities(request.user, case)
    rules, pages = steps_for(request.user, case), pages_of(case)
    own = own_steps_of(case) | {"split"}  # a part that is split off gets a number
    forms = [
        tried
        if tried is not None and tried.rule.key == rule.key
        else StepForm(rule, procedure, case, request.user)
        for rule in rules
        if rule.key not in own and rule.key not in pages  # these have forms of their own
    ]
    return {
        "forms": forms, "left_over": tried if tried is not None and tried not in forms else None,
        "doors": [
            (rule, reverse(pages[rule.key], args=[case.number], query={"step": rule.key}))
            for rule in rules
            if rule.key in pages
        ],
        "may_join": bool(held & MERGERS) and case.closed_at is None and may_split(case),
        "merges": next((form.rule.key for form in forms if "case" in form.rule.needs), ""),
        "similar": _similar(case) if case.closed_at is None else [], "op": uuid4(),
        "may_people": may(request.user, "person.view", case.area_code),
        "may_reveal": may(request.user, "person.reveal", case.area_code),
    }  # fmt: skip


def _similar(case: Case) -> list[Likeness]:
    place = (case.lon, case.lat) if case.lon is not None and case.lat is not None else None
    found = similar(
        area=case.area_code, kind=case.kind, words=case.title + case.words, place=place,
        system=case.system, most=6,
    )  # fmt: skip
    return [like for like in found if like.case.pk != case.pk][:5]


def _history(request: HttpRequest, case: Case) -> dict[str, Any]:
    said = shown.said_to(request.user, case)
    steps = shown.step_lines(case, procedure_of(case), said)
    before, after = shown.compared(steps)
    return {"steps": steps, "before": before, "after": after, "contacts": shown.contacts_of(case),
            "words": case.words or said.words.get(case.op, "")}  # fmt: skip


@never_cache
@require_GET
@requires("case.view")
def photo(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """A photo that one of its steps names; the case decides who may see it."""
    case = case_or_404(request, number)
    found = Photo._base_manager.filter(digest=digest).exclude(complete_at=None).exclude(content="").first()
    seen = admitted(request.user, case) and digest in shown.photo_digests(case)
    if found is None or not seen:
        return HttpResponse(status=404)
    note_reading(actor=request.user, subject=found)
    return HttpResponse(content_of(found), content_type=TYPES[found.kind])


@never_cache
@require_POST
@requires("case.view")
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Whom to call, in full, after the reason was logged."""
    case = case_or_404(request, number)
    try:
        contacts = reveal_contacts(actor=request.user, case=case, reason=request.POST.get("reason", ""))
    except (Refused, Unacceptable) as why:
        status = 403 if isinstance(why, Refused) else 422
        return render(request, "cases/_contacts.html", {"error": str(why)}, status=status)
    return render(request, "cases/_contacts.html", {"contacts": contacts})
