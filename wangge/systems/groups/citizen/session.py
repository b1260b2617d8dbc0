"""The short session of a proved phone: one sealed cookie under /groups/, no account, no console."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from wangge.lib.scoping import Reach, prefix_of, within
from wangge.lib.sealing import SealingError, seal, unseal

from ..models import Member
from ..queries import own

COOKIE, PATH, FIELD = "group_hand", "/groups/", "groups.session"
IDLE, LONGEST = 30 * 60, 4 * 3600  # seconds
View = Callable[..., HttpResponseBase]


def enter(response: HttpResponseBase, phone_index: str, *, since: float | None = None) -> None:
    """From now on this browser acts for the phone; each use extends it, four hours at most."""
    now = time.time()
    said = seal(json.dumps({"phone": phone_index, "since": since or now, "seen": now}), FIELD)
    response.set_cookie(
        COOKIE, said, max_age=IDLE, path=PATH, httponly=True, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def leave(response: HttpResponseBase) -> None:
    """The browser acts for nobody."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def holder(request: HttpRequest) -> str:
    """The blind index of the phone this browser acts for; "" for nobody."""
    said = _said(request)
    return str(said["phone"]) if said else ""


def _said(request: HttpRequest) -> dict[str, Any] | None:
    try:
        said = json.loads(unseal(request.COOKIES.get(COOKIE, ""), FIELD))
        fresh = time.time() - said["seen"] <= IDLE and time.time() - said["since"] <= LONGEST
    except (SealingError, ValueError, KeyError, TypeError):
        return None
    return said if fresh else None


def proved(view: View) -> View:
    """For whoever proved a phone; ``request.phone_index`` says which. Others are led to the door."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        said = _said(request)
        if said is None:
            return redirect("group:home")
        request.phone_index = said["phone"]  # type: ignore[attr-defined]
        answer = view(request, *args, **kwargs)
        if COOKIE not in answer.cookies:
            enter(answer, said["phone"], since=said["since"])
        return answer

    return guarded


def managed(view: View) -> View:
    """For creator and admins of the group in the address; any other group does not exist for them.

    The view is given her membership, and sees the rows of the group's own area only.
    """

    @proved
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = own.managed(request.phone_index, pk)  # type: ignore[attr-defined]
        if member is None:
            raise Http404
        with within(Reach((prefix_of(member.group.area_code),))):
            return view(request, member, *args, **kwargs)

    return guarded


def of_mine(view: View) -> View:
    """For the member in the address herself."""

    @proved
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = own.membership(request.phone_index, pk)  # type: ignore[attr-defined]
        if member is None:
            raise Http404
        with within(Reach((prefix_of(member.group.area_code),))):
            return view(request, member, *args, **kwargs)

    return guarded


def colleague(manager: Member, pk: int) -> Member:
    """Another member of the manager's group, or as if there were none."""
    found = Member.objects.select_related("group").filter(group=manager.group_id, pk=pk).first()
    if found is None:
        raise Http404
    return found
