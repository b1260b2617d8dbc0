"""Who may, as small sentences; and the door every page stands behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.enums import ADMINS, MAY, RANK, Role
from wangge.foundation.access.models import Grant, User
from wangge.foundation.access.queries import grants_of, may, reach_for
from wangge.lib.scoping import Reach, within


class Refused(PermissionDenied):
    """Not allowed; says in the reader's words why."""


class Unacceptable(ValueError):
    """Allowed, but what was asked cannot be: says what to do instead."""


def keep_reach(response: HttpResponseBase, reach: Reach) -> HttpResponseBase:
    """A streamed answer is made after the view has returned; its rows must obey the same reach."""
    if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
        response.streaming_content = _inside(reach, cast(Iterable[Any], response.streaming_content))
    return response


def _inside(reach: Reach, parts: Iterable[Any]) -> Iterator[Any]:
    parts = iter(parts)
    while True:
        with within(reach):  # not around the yield: the reach must not leak to who reads the stream
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part


View = Callable[..., HttpResponseBase]


def requires(*permissions: str) -> Callable[[View], View]:
    """Only for holders of one of the permissions; the view sees only the areas it is held in.

    Not signed in: to the login page. No right anywhere: 403. A row outside: 404, since
    the view's reach is narrowed to where the right is held.
    """

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            held = next((name for name in permissions if may(request.user, name)), None)
            if held is None:
                raise Refused(_("您的角色没有这项权限；需要的话请联系安全管理员授权。"))
            reach = reach_for(request.user, held)
            with within(reach):
                return keep_reach(view(request, *args, **kwargs), reach)

        guarded.requires = permissions  # type: ignore[attr-defined]  # read by the wall over every URL
        return guarded

    return door


def signed_in(view: View) -> View:
    """For every signed-in user, whatever the role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.requires = ()  # type: ignore[attr-defined]
    return guarded


def is_trusted(actor: Any) -> bool:
    """The machine's own hand: the command line, the worker, the set-up."""
    return isinstance(actor, str)


def may_give(actor: Any, *, user: User, role: str, area_code: str) -> bool:
    """Down only: a role ranked below one's own, on an area inside one's own, never to oneself."""
    if is_trusted(actor):
        return True
    if actor == user:
        return False
    return any(
        "grant.give" in MAY[grant.role]
        and grant.reach.covers(area_code)
        and (grant.role == Role.SECURITY_ADMIN or RANK[role] < RANK[grant.role])
        for grant in grants_of(actor)
    )


def may_manage(actor: Any, user: User) -> bool:
    """Manage an account: inside one's reach, and nothing it holds ranks as high as oneself."""
    if is_trusted(actor):
        return True
    if actor == user:
        return False
    inside = may(actor, "user.manage", user.area_code) if user.area_code else may(actor, "user.manage")
    return inside and all(
        may_give(actor, user=user, role=grant.role, area_code=grant.area_code) for grant in _current(user)
    )


def givable_roles(actor: Any) -> list[Role]:
    """The roles the actor could give somewhere."""
    own = [grant.role for grant in grants_of(actor) if "grant.give" in MAY[grant.role]]
    if Role.SECURITY_ADMIN in own:
        return list(Role)
    top = max((RANK[role] for role in own), default=-1)
    return [role for role in Role if RANK[role] < top]


def stands_alone(user: User, *, role: str, valid_from: date, valid_to: date | None) -> bool:
    """Three-admin separation: an admin role is never held together with another role."""
    overlapping = {
        grant.role
        for grant in Grant.objects.filter(user=user)
        if _overlap(grant.valid_from, grant.valid_to, valid_from, valid_to)
    }
    others = overlapping - {role}
    return not others if role in ADMINS else not (others & ADMINS)


def _overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    return (other_end is None or start < other_end) and (end is None or other_start < end)


def today() -> date:
    """The day in the district's time zone."""
    return timezone.localdate()


def _current(user: User) -> list[Grant]:
    """Grants in force or still to come, read from the table: an inactive user's count too."""
    today = timezone.localdate()
    return [
        grant for grant in Grant.objects.filter(user=user) if grant.valid_to is None or today < grant.valid_to
    ]
