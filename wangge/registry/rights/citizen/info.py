"""What is held about her, who looked, and her own copy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from wangge.registry.people.models import Person

from .. import actions
from ..queries.guardians import children_of
from ..queries.held import held_about
from ..queries.readers import looks_at
from ..queries.requests import own_requests
from .visit import Visit, visiting, whose


@require_GET
@visiting
def info(request: HttpRequest, visit: Visit, child: int | None = None) -> HttpResponse:
    """All sections; whoever was not found gets the one page that says how to go on."""
    requests = own_requests(visit.person, visit.phone_index)[:20]
    if visit.person is None and child is None:
        return render(request, "rights/my_unknown.html", {"requests": requests})
    context = _context(visit, child) | {"requests": requests if child is None else []}
    return render(request, "rights/my_info.html", context)


def _context(visit: Visit, child: int | None) -> dict[str, Any]:
    person, guardian = whose(visit, child)
    sections = held_about(person)
    return {
        "person": person,
        "child": child,
        "guardian": guardian,
        "sections": sections,
        "looks": looks_at(person, sections),
        "children": [] if guardian else children_of(person),
        "today": timezone.localdate(),
    }


@require_GET
@visiting
def paper(request: HttpRequest, visit: Visit, child: int | None = None) -> HttpResponse:
    """The same on paper."""
    return render(request, "rights/my_paper.html", _context(visit, child))


@require_POST
@visiting
def copy(request: HttpRequest, visit: Visit, child: int | None = None) -> HttpResponse:
    """Her own copy as a file (PIPL 45), values in full; written down in the trail."""
    person, guardian = whose(visit, child)
    actions.note_copy(person=person, by=guardian)
    answer = JsonResponse(_copied(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-information.json"'
    return answer


def _copied(person: Person) -> dict[str, Any]:
    sections = held_about(person)
    looks = looks_at(person, sections)
    return {
        "made_at": timezone.now(),
        "sections": [section.told() for section in sections],
        "read_by": [
            {"at": look.at, "who": look.who, "how": str(look.what), "field": look.field, "why": look.why}
            for look in looks
        ],
    }
