"""Console pages: users and their grants; one's own account."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions, queries, rules
from wangge.foundation.access.forms import GrantForm, NameForm, UserFilter, UserForm
from wangge.foundation.access.models import Grant, User
from wangge.foundation.access.rules import requires, signed_in
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import current_reach

PER_PAGE = 30


def _me(request: HttpRequest) -> User:
    """The signed-in user, behind a door that lets nobody else in."""
    return cast(User, request.user)


@require_GET
@requires("user.view")
def users(request: HttpRequest) -> HttpResponse:
    """The accounts inside the reader's areas."""
    form = UserFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    state = wanted.get("state") or ""
    found = queries.users_within(
        current_reach(),
        search=wanted.get("q") or "",
        role=wanted.get("role") or "",
        active={"open": True, "closed": False}.get(state),
    ).prefetch_related("grants")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    codes = [
        code for row in page for code in (row.area_code, *(grant.area_code for grant in row.grants.all()))
    ]
    context = {
        "page": page,
        "form": form,
        "names": queries.area_names(codes),
        "may_create": queries.may(request.user, "user.manage"),
    }
    return render(request, "access/users.html", context)


def _get_user(pk: int) -> User:
    return get_object_or_404(queries.users_within(current_reach()), pk=pk)


@require_GET
@requires("user.view")
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account with its grants."""
    return _show_user(request, _get_user(pk))


def _show_user(
    request: HttpRequest, shown: User, form: GrantForm | None = None, status: int = 200
) -> HttpResponse:
    grants = list(queries.grants_inside(current_reach()).filter(user=shown))
    context = {
        "shown": shown,
        "names": queries.area_names([shown.area_code, *(grant.area_code for grant in grants)]),
        "rows": [(grant, _may_end(request, shown, grant)) for grant in grants],
        "form": form or GrantForm(actor=_me(request)),
        "may_manage": rules.may_manage(request.user, shown),
        "may_give": queries.may(request.user, "grant.give") and request.user != shown,
        "has_factor": is_mfa_enabled(shown),
    }
    return render(request, "access/user.html", context, status=status)


def _may_end(request: HttpRequest, shown: User, grant: Grant) -> bool:
    current = grant.valid_to is None or grant.valid_to > rules.today()
    return current and rules.may_give(request.user, user=shown, role=grant.role, area_code=grant.area_code)


@never_cache
@requires("user.manage")
def new_user(request: HttpRequest) -> HttpResponse:
    """Open an account; its one-time password is shown once."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.create_user(actor=request.user, **form.cleaned_data)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(
                request, "access/password_given.html", {"shown": made, "secret": secret, "new": True}
            )
    return render(request, "access/user_form.html", {"form": form}, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


@requires("user.manage")
def edit_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name or home area of an account."""
    shown = _get_user(pk)
    form = NameForm(request.POST or None, initial={"name": shown.name, "area_code": shown.area_code})
    if request.method == "POST" and form.is_valid():
        actions.rename_user(actor=request.user, user=shown, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("access:user", pk)
    return render(request, "access/user_form.html", {"form": form, "shown": shown}, status=_status(form))


@never_cache
@require_POST
@requires("user.manage")
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a one-time password and show it once."""
    shown = _get_user(pk)
    secret = actions.reset_password(actor=request.user, user=shown)
    return render(request, "access/password_given.html", {"shown": shown, "secret": secret})


@require_POST
@requires("user.manage")
def close_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    actions.deactivate_user(actor=request.user, user=_get_user(pk), reason=request.POST.get("reason", ""))
    messages.success(request, _("账号已停用，登录中的设备已退出。"))
    return redirect("access:user", pk)


@require_POST
@requires("user.manage")
def reopen_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    actions.reactivate_user(actor=request.user, user=_get_user(pk), reason=request.POST.get("reason", ""))
    messages.success(request, _("账号已启用。"))
    return redirect("access:user", pk)


@require_POST
@requires("user.manage")
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factor of somebody who lost the phone."""
    actions.remove_factor(actor=request.user, user=_get_user(pk), reason=request.POST.get("reason", ""))
    messages.success(request, _("二次验证已解除；请对方登录后重新开启。"))
    return redirect("access:user", pk)


@require_POST
@requires("grant.give")
def give_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role on an area."""
    shown = _get_user(pk)
    form = GrantForm(request.POST, actor=_me(request))
    if form.is_valid():
        try:
            actions.give_grant(actor=request.user, user=shown, **form.cleaned_data)
        except (rules.Refused, rules.Unacceptable) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已授权。"))
            return redirect("access:user", pk)
    return _show_user(request, shown, form, status=422)


@require_POST
@requires("grant.give")
def end_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a grant back."""
    grant = get_object_or_404(queries.grants_inside(current_reach()), pk=pk)
    actions.end_grant(actor=request.user, grant=grant, reason=request.POST.get("reason", ""))
    messages.success(request, _("授权已收回，立即生效。"))
    return redirect("access:user", grant.user_id)


@require_GET
@requires("grant.give", "user.manage", "user.view")
def areas(request: HttpRequest) -> HttpResponse:
    """Suggestions for an area typed by code or name."""
    text = request.GET.get("area_code", "").strip().split(" ")[0]
    found = queries.areas_like(text)[:30] if text else Area.objects.none()
    return render(request, "access/area_options.html", {"areas": found})


@require_GET
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: rights, password, second factor, sessions."""
    grants = queries.grants_of(request.user)
    context = {
        "grants": grants,
        "names": queries.area_names(grant.area_code for grant in grants),
        "has_factor": is_mfa_enabled(request.user),
        "sessions": _sessions(request),
    }
    return render(request, "access/account.html", context)


@require_GET
@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in now."""
    return render(request, "access/sessions.html", {"sessions": _sessions(request)})


def _sessions(request: HttpRequest) -> list[UserSession]:
    return UserSession.objects.purge_and_list(request.user)


@require_POST
@signed_in
def revoke_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    actions.revoke_session(actor=_me(request), session=session)
    messages.success(request, _("该设备已退出登录。"))
    return redirect("access:sessions")
