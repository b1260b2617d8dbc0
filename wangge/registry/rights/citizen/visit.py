"""The visit of a resident who proved who she is: kept in the session, a quarter of an hour, then over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import unseal
from wangge.registry.people.models import Person

from ..queries.guardians import children_of

KEY, LASTS = "my", 15 * 60


@dataclass(frozen=True)
class Visit:
    """Who is here: the proved phone, and the person it opened (None: nobody was found)."""

    phone: str
    phone_index: str
    person: Person | None


def begin(request: HttpRequest, *, phone_sealed: str, phone_index: str, person: Person | None) -> None:
    """Open a visit under a fresh session key, so that one planted before is worth nothing."""
    request.session.cycle_key()
    request.session[KEY] = {
        "phone": phone_sealed,
        "index": phone_index,
        "person": person.pk if person else None,
        "seen": int(time.time()),
    }


def end(request: HttpRequest) -> None:
    """Forget the visit at once."""
    request.session.pop(KEY, None)


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit under way, its quarter of an hour begun anew; None when there is none or it is over."""
    held = request.session.get(KEY)
    if not held or time.time() - held["seen"] > LASTS:
        end(request)
        return None
    held["seen"] = int(time.time())
    request.session.modified = True
    with within(EVERYWHERE):
        person = Person.objects.filter(pk=held["person"]).first() if held["person"] else None
    return Visit(unseal(held["phone"]), held["index"], person)


def visiting(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only inside a visit; everybody else begins at the door. No browser or proxy keeps the page."""

    @never_cache
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request)
        if visit is None:
            return redirect("my:enter")
        return page(request, visit, *args, **kwargs)

    return guarded


def whose(visit: Visit, child: int | None) -> tuple[Person, Person | None]:
    """Whose data is meant, and the guardian where it is a child's.

    Raises:
        Http404: nobody was found, or she is not this child's guardian.
    """
    if visit.person is None:
        raise Http404
    if child is None:
        return visit.person, None
    for each in children_of(visit.person):
        if each.pk == child:
            return each, visit.person
    raise Http404


def age_of(person: Person) -> int | None:
    """Full years today."""
    return person.age_on(timezone.localdate())
