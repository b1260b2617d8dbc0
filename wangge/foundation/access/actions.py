"""Writes about users, grants and readings. Every verb is journalled."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access import rules
from wangge.foundation.access.enums import Role, What
from wangge.foundation.access.models import Grant, Reading, User
from wangge.foundation.access.queries import forget_grants, may, named
from wangge.foundation.journal import actions as journal

SAME_READING = timedelta(minutes=10)
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def _home(user: User) -> str:
    return user.area_code or settings.DISTRICT + "000000"


def one_time_password() -> str:
    """Fourteen letters that cannot be misread, about 69 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) + secrets.choice(
        "23456789"
    )


@transaction.atomic
def create_user(
    *, actor: Any, username: str, name: str, area_code: str, password: str | None = None
) -> tuple[User, str]:
    """Open an account without rights.

    Returns the user and its password: the given one, or a one-time one that must be changed.

    Raises:
        Refused: the actor manages no users in that area.
    """
    if not rules.is_trusted(actor) and not may(actor, "user.manage", area_code):
        raise rules.Refused(_("您不能在辖区 %(area)s 建立用户。") % {"area": area_code})
    secret = password or one_time_password()
    user = User.objects.create_user(
        username=username,
        name=name,
        password=secret,
        area_code=area_code,
        must_change_password=password is None,
    )
    journal.record("user.created", actor=actor, area=area_code, subject=user, changes={"username": username})
    return user, secret


@transaction.atomic
def rename_user(*, actor: Any, user: User, name: str, area_code: str) -> User:
    """Change the name or the home area of an account."""
    _must_manage(actor, user)
    if not rules.is_trusted(actor) and not may(actor, "user.manage", area_code):
        raise rules.Refused(_("您不能把用户放到辖区 %(area)s。") % {"area": area_code})
    before, user.name, user.area_code = user.area_code, name, area_code
    user.save(update_fields=["name", "area_code"])
    journal.record(
        "user.edited", actor=actor, area=area_code, subject=user, changes={"area_code": [before, area_code]}
    )
    return user


def _must_manage(actor: Any, user: User) -> None:
    if not rules.may_manage(actor, user):
        raise rules.Refused(_("您不能管理这个用户：对方的权限不在您之下，或不在您的辖区。"))


@transaction.atomic
def deactivate_user(*, actor: Any, user: User, reason: str = "") -> None:
    """Close an account: it cannot sign in and its sessions end at once."""
    _must_manage(actor, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    journal.record("user.deactivated", actor=actor, area=_home(user), subject=user, reason=reason)


@transaction.atomic
def reactivate_user(*, actor: Any, user: User, reason: str = "") -> None:
    """Open a closed account again."""
    _must_manage(actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    journal.record("user.reactivated", actor=actor, area=_home(user), subject=user, reason=reason)


@transaction.atomic
def reset_password(*, actor: Any, user: User) -> str:
    """Give a one-time password, which must be changed at the next login; ends all sessions."""
    _must_manage(actor, user)
    secret = one_time_password()
    user.set_password(secret)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _end_sessions(user)
    journal.record("user.password_reset", actor=actor, area=_home(user), subject=user)
    return secret


@transaction.atomic
def remove_factor(*, actor: Any, user: User, reason: str = "") -> None:
    """Take the second factor of somebody who lost the phone; ends all sessions."""
    _must_manage(actor, user)
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]
    _end_sessions(user)
    journal.record("user.factor_removed", actor=actor, area=_home(user), subject=user, reason=reason)


@transaction.atomic
def change_password(*, actor: User, password: str) -> None:
    """The user takes a new password of its own."""
    actor.set_password(password)
    actor.must_change_password = False
    actor.password_changed_at = timezone.now()
    actor.save(update_fields=["password", "must_change_password", "password_changed_at"])
    journal.record("user.password_changed", actor=actor, area=_home(actor), subject=actor)


@transaction.atomic
def give_grant(
    *,
    actor: Any,
    user: User,
    role: str,
    area_code: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Grant:
    """Give a role on an area, from a day until the day before ``valid_to``.

    Raises:
        Refused: not below the actor, outside its areas, to itself, or against three-admin separation.
        Unacceptable: the dates end before they begin.
    """
    role, start = Role(role), valid_from or timezone.localdate()
    User.objects.select_for_update().get(pk=user.pk)  # two hands giving at once meet here
    if not rules.may_give(actor, user=user, role=role, area_code=area_code):
        raise rules.Refused(
            _("您不能授予“%(role)s”：只能把低于自己的角色授予他人，且限于自己的辖区。") % {"role": role.label}
        )
    if not rules.stands_alone(user, role=role, valid_from=start, valid_to=valid_to):
        raise rules.Refused(_("三员分立：系统、安全、审计管理员不能兼任，也不能同时有其他角色。"))
    if valid_to is not None and valid_to <= start:
        raise rules.Unacceptable(_("失效日期要晚于生效日期。"))
    grant = Grant.objects.create(
        user=user,
        role=role,
        area_code=area_code,
        valid_from=start,
        valid_to=valid_to,
        granted_by=journal.account_of(actor),
    )
    forget_grants(user)
    changes = {"role": str(role), "area_code": area_code, "valid_from": start, "valid_to": valid_to}
    journal.record("grant.given", actor=actor, area=area_code, subject=user, changes=changes)
    return grant


@transaction.atomic
def end_grant(*, actor: Any, grant: Grant, reason: str = "") -> None:
    """Take a grant back at once."""
    if not rules.may_give(actor, user=grant.user, role=grant.role, area_code=grant.area_code):
        raise rules.Refused(_("您不能收回这项授权：它不在您之下，或不在您的辖区。"))
    grant.valid_to = max(timezone.localdate(), grant.valid_from)
    grant.save(update_fields=["valid_to"])
    forget_grants(grant.user)
    changes = {"role": grant.role, "area_code": grant.area_code, "valid_to": grant.valid_to}
    journal.record(
        "grant.ended", actor=actor, area=grant.area_code, subject=grant.user, changes=changes, reason=reason
    )


def revoke_session(*, actor: User, session: models.Model) -> None:
    """End one signed-in session: one's own, or one of a user one manages."""
    owner: User = session.user  # type: ignore[attr-defined]
    if owner != actor:
        _must_manage(actor, owner)
    with transaction.atomic():
        _end(session)
        journal.record("session.revoked", actor=actor, area=_home(owner), subject=owner)


def _end(session: models.Model) -> None:
    session.end()  # type: ignore[attr-defined]


def _end_sessions(user: User) -> None:
    for session in user.usersession_set.all():  # type: ignore[attr-defined]
        _end(session)


@transaction.atomic
def reveal(
    *, actor: Any, subject: models.Model, field: str, reason: str, kind: str = "person.revealed"
) -> None:
    """Log that one value of a person (or, by another ``kind``, of an organisation) is shown in full; call
    before showing it.

    Raises:
        Refused: no right to reveal there.
        Unacceptable: no reason.
    """
    area = getattr(subject, "area_code", "")
    if not rules.is_trusted(actor) and not may(actor, "person.reveal", area or None):
        raise rules.Refused(_("您没有查看完整信息的权限。"))
    if len(reason.strip()) < 2:
        raise rules.Unacceptable(_("请写明查看的理由。"))
    _log_reading(actor, subject, What.REVEAL, field=field, reason=reason)
    journal.record(
        kind,
        actor=actor,
        area=area,
        subject=subject,
        changes={"field": field},
        reason=reason,
    )


def note_reading(*, actor: Any, subject: models.Model, what: str = "view") -> None:
    """Log that the actor reads a person; the same again within ten minutes is the same reading."""
    kind, pk = named(subject)
    since = timezone.now() - SAME_READING
    same = Reading._base_manager.filter(
        actor=journal.account_of(actor), subject_type=kind, subject_id=pk, what=what, at__gte=since
    )
    if not same.exists():
        _log_reading(actor, subject, What(what))


@transaction.atomic
def note_readings(
    *, actor: Any, subjects: Iterable[models.Model], what: str, same: timedelta = SAME_READING
) -> None:
    """Log that a page of rows was read, as ``note_reading`` does for one; two queries however many.

    Args:
        same: how long the same reading again is still the same one.
    """
    rows = {named(subject): subject for subject in subjects}
    if not rows:
        return
    kind, since = next(iter(rows))[0], timezone.now() - same
    before = Reading._base_manager.filter(
        actor=journal.account_of(actor), subject_type=kind, subject_id__in=[pk for _kind, pk in rows],
        what=what, at__gte=since,
    )  # fmt: skip
    known = set(before.values_list("subject_id", flat=True))
    fresh = [subject for (_kind, pk), subject in rows.items() if pk not in known]
    Reading._base_manager.bulk_create(_reading(actor, subject, What(what)) for subject in fresh)


def _log_reading(actor: Any, subject: models.Model, what: What, *, field: str = "", reason: str = "") -> None:
    _reading(actor, subject, what, field=field, reason=reason).save(force_insert=True)


def _reading(actor: Any, subject: models.Model, what: What, *, field: str = "", reason: str = "") -> Reading:
    kind, pk = named(subject)
    return Reading(
        actor=journal.account_of(actor),
        actor_name=getattr(actor, "name", ""),
        subject_type=kind,
        subject_id=pk,
        what=what,
        field=field,
        reason=journal.without_personal(reason)[:500],
        area_code=getattr(subject, "area_code", "") or settings.DISTRICT + "000000",
    )
