"""What phones ask: JSON in, JSON out, whatever happens.

401: signed out. 403 with ``wipe``: nothing may stay on this phone. 4xx else: what is wrong, in words.
Answers are compressed (``GZipMiddleware``): nothing that the asker chose stands in them beside a secret, and
the middleware pads each by a random length.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.actions import note_readings
from wangge.foundation.access.enums import What
from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.photos import actions as photos
from wangge.foundation.photos.enums import Refused
from wangge.foundation.photos.queries import standing_of, whole_of
from wangge.registry.people.models import Person

from . import actions
from .models import Phone
from .queries.areas import WORK, may_still_send
from .queries.pulling import ahead as sent_ahead
from .queries.pulling import pull as pulled
from .queries.receipts import receipt_of
from .reading import LARGEST_POST, Unreadable, device_of, read_object, read_post, skew_of

log = logging.getLogger(__name__)
HELD = timedelta(days=30)  # whoever has somebody on the phone read her once in this time, not every morning
DAYS = 7  # a phone that heard nothing from us for so long wipes what it holds
View = Callable[..., JsonResponse]


class Answer(Exception):
    """Ends a request with this status and these words."""

    def __init__(self, status: int, error: str, words: str, **more: Any) -> None:
        self.status, self.body = status, {"error": error, "reason": words} | more
        super().__init__(error)


def door(*, leaving: bool = False) -> Callable[[View], View]:
    """Only for who works in a grid; with ``leaving`` also for who did lately, so that what was recorded
    then still arrives."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
            try:
                _admit(request, leaving)
                return view(request, *args, **kwargs)
            except Answer as answer:
                return JsonResponse(answer.body, status=answer.status)
            except Unreadable as why:
                return JsonResponse({"error": "unreadable", "reason": str(why)}, status=400)
            except (OperationalError, InterfaceError) as busy:
                log.warning("a phone has to come again: %s", type(busy).__name__)
                words = _("服务器正忙，没有收下。记录还在手机上，稍后会自动再传。")
                return JsonResponse(
                    {"error": "busy", "reason": words}, status=503, headers={"Retry-After": "10"}
                )

        guarded.requires = (WORK,)  # type: ignore[attr-defined]  # read by the wall over every URL
        return guarded

    return wrap


def _admit(request: HttpRequest, leaving: bool) -> None:
    if not request.user.is_authenticated:
        raise Answer(401, "signed_out", _("登录已过期，请重新登录。手机上的记录都还在。"))
    if may(request.user, WORK) or (leaving and may_still_send(request.user)):
        return
    raise Answer(
        403, "no_right", _("您在这里没有（或不再有）网格工作的权限，手机上的资料将被清除。"), wipe=True
    )


def _worker(request: HttpRequest) -> User:
    """Who the door let in."""
    return cast(User, request.user)


def _phone(request: HttpRequest, device: UUID) -> Phone:
    """The caller's own phone, revoked or not."""
    phone = Phone._base_manager.filter(device=device).first()
    if phone is None:
        raise Answer(409, "unknown_device", _("服务器还不认识这部手机，正在重新登记。"))
    if phone.user_id != request.user.pk:
        raise _anothers()
    return phone


def _anothers() -> Answer:
    words = _("这部手机登记在另一位同事名下。请他先在这部手机上登录、传完记录并退出，您再登录。")
    return Answer(409, "anothers_device", words)


def _not_revoked(phone: Phone) -> Phone:
    if phone.revoked_at is not None:
        raise Answer(403, "revoked", _("这部手机已停用，手机上的资料将被清除。"), wipe=True)
    return phone


def _body(request: HttpRequest, most: int) -> bytes:
    """The body, if it is not packed and not too long; a packed one is not even looked at."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Answer(415, "packed", _("不接受压缩过的上传内容，请更新应用后重试。"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most:
        words = _("一次上传的内容太大（最多 %(most)d KB），请分几次上传。")
        raise Answer(413, "too_large", words % {"most": most // 1024}, most=most)
    return request.body


@never_cache
@require_POST
@door()
def devices(request: HttpRequest) -> JsonResponse:
    """This installation registers, or asks how far it was."""
    found = read_object(_body(request, 10_000))
    device, now = device_of(found), timezone.now()
    try:
        phone = actions.register_phone(
            actor=_worker(request), device=device, name=_text(found, "name", 60), app=_text(found, "app", 40)
        )
    except actions.AnothersPhone:
        raise _anothers() from None
    actions.note_seen(_not_revoked(phone), now=now)
    body = {
        "device": str(device),
        "seq": phone.last_seq,
        "cursor": "",
        "days": DAYS,
        "server": now.isoformat(),
    }
    return JsonResponse(body)


def _text(found: Mapping[str, Any], name: str, most: int) -> str:
    value = found.get(name)
    return (
        value.replace("\x00", "").encode("utf-8", "ignore").decode()[:most] if isinstance(value, str) else ""
    )


@never_cache
@require_GET
@door()
def pull(request: HttpRequest) -> JsonResponse:
    """What changed since the cursor, or everything. Whoever is sent down was read, and is logged."""
    phone = _not_revoked(_phone(request, device_of(request.GET)))
    now = timezone.now()
    body = pulled(_worker(request), request.GET.get("since", ""))
    people: Any = [_Held(row) for row in body["sections"].get("people", ())]
    note_readings(actor=request.user, subjects=people, what=What.EXPORT, same=HELD)
    actions.note_seen(phone, pulled=True, now=now)
    return JsonResponse(body | {"server": now.isoformat()}, json_dumps_params={"ensure_ascii": False})


@never_cache
@require_GET
@door()
def ahead(request: HttpRequest) -> JsonResponse:
    """Today's list for a phone that holds nothing yet; nobody of the register stands in it. It is asked for
    before the phone is known, so that the list need not wait."""
    body = {"sections": sent_ahead(_worker(request)), "server": timezone.now().isoformat()}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


class _Held:
    """A person as the read log names one; three thousand whole models would cost more than all the rest."""

    _meta = Person._meta

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.pk, self.area_code = row["id"], row["area"]


@never_cache
@require_POST
@door(leaving=True)
def ops(request: HttpRequest) -> JsonResponse:
    """Operations come in; each that stands has its receipt in the answer."""
    body, now = _body(request, LARGEST_POST), timezone.now()
    post = read_post(body, now)
    phone = _phone(request, post.device)
    rows = actions.receive(actor=_worker(request), phone=phone, sent=post.ops, skew=skew_of(post.sent, now))
    actions.note_seen(phone, now=now)
    announced = [photo["digest"] for row in rows for photo in row.photos]
    whole = whole_of(announced) if announced else set()
    receipts = [  # a refused photo is missing too: the phone asks for it and is told why
        receipt_of(row) | {"missing": [p["digest"] for p in row.photos if p["digest"] not in whole]}
        for row in rows
    ]
    wipe = phone.revoked_at is not None or not may(request.user, WORK)
    return JsonResponse({"server": now.isoformat(), "receipts": receipts, "wipe": wipe})


@never_cache
@require_http_methods(["GET", "PUT"])
@door(leaving=True)
def photo(request: HttpRequest, digest: str) -> JsonResponse:
    """One more piece of a photo, or only how far it is."""
    if request.method == "GET":
        known = standing_of(digest)
        if known is None:
            raise _unannounced()
        return _standing(photos.Standing(known.received, known.complete_at is not None, known.refused))
    offset, size = _number(request, "offset"), _number(request, "size")
    _phone(request, device_of(request.GET))
    piece = _body(request, photos.LARGEST_PIECE)
    try:
        return _standing(
            photos.append(actor=request.user, digest=digest, size=size, offset=offset, piece=piece)
        )
    except photos.NotAnnounced:
        raise _unannounced() from None
    except photos.WrongOffset as wrong:
        words = _("照片要从第 %(received)d 个字节接着传。") % {"received": wrong.received}
        raise Answer(409, "offset", words, received=wrong.received, complete=False, refused="") from None


def _unannounced() -> Answer:
    return Answer(409, "unannounced", _("没有记录提到过这张照片，或大小不符；请先上传它所属的记录。"))


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise Answer(400, "unreadable", _("“%(name)s”应是不小于 0 的整数。") % {"name": name})
    return int(text)


def _standing(found: photos.Standing) -> JsonResponse:
    words = str(Refused(found.refused).label) if found.refused else ""
    body = {"received": found.received, "complete": found.complete, "refused": found.refused, "reason": words}
    return JsonResponse(body)


@never_cache
@require_POST
@door(leaving=True)
def wiped(request: HttpRequest) -> JsonResponse:
    """The phone says that it holds nothing any more."""
    phone = _phone(request, device_of(read_object(_body(request, 10_000))))
    actions.note_wiped(actor=request.user, phone=phone)
    return JsonResponse({"server": timezone.now().isoformat()})
