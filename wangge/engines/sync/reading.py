"""What a phone sent, read: the whole post, and each operation in it.

A post that cannot be read at all is answered with what is wrong. An operation whose number can be read is
taken in whatever else is wrong with it: it is rejected with words, and kept.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .handlers import Place

MOST = 50  # operations of a post
MOST_PHOTOS = 20
LARGEST_POST = 1024 * 1024  # bytes
LARGEST_SEQ = 2**31 - 1
KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
DIGEST = re.compile(r"[0-9a-f]{64}")
YEARS = range(2000, 2100)


class Unreadable(ValueError):
    """The post as a whole cannot be read; says in the worker's words why."""


@dataclass(frozen=True)
class Announced:
    """A photo that belongs to an operation: SHA-256 in hex and bytes of the whole file."""

    digest: str
    size: int


@dataclass(frozen=True)
class Sent:
    """One operation as it came.

    Args:
        at: by the phone's clock.
        payload: all of it as it was sent.
        fault: why its form is wrong, in words for the worker; "" if it is right.
    """

    op: UUID
    seq: int
    kind: str
    at: datetime
    payload: dict[str, Any]
    data: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    seen: str = ""
    photos: tuple[Announced, ...] = ()
    fault: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the payload, the same however its keys are ordered."""
        return sha256(canonical(self.payload).encode()).hexdigest()


@dataclass(frozen=True)
class Post:
    """What one request brought."""

    device: UUID
    sent: datetime | None
    ops: list[Sent]


class _Fault(ValueError):
    pass


def canonical(payload: Any) -> str:
    """JSON with sorted keys, no spaces, and ASCII alone: half a character cannot break it."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), allow_nan=False)


def read_object(body: bytes) -> dict[str, Any]:
    """A JSON object.

    Raises:
        Unreadable: it is none.
    """
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("收到的内容不是 JSON，请更新应用后重试。")) from error
    if not isinstance(found, dict):
        raise Unreadable(_("收到的内容不是一个 JSON 对象，请更新应用后重试。"))
    return found


def _no_number(name: str) -> None:
    raise ValueError(name)


def device_of(found: Mapping[str, Any]) -> UUID:
    """The installation that speaks.

    Raises:
        Unreadable: it does not say.
    """
    device = _uuid(found.get("device"))
    if device is None:
        raise Unreadable(_("没有写明是哪部手机（device），请更新应用后重试。"))
    return device


def read_post(body: bytes, now: datetime) -> Post:
    """A post of operations.

    Raises:
        Unreadable: not JSON, no device, too many operations, or one without a number.
    """
    found = read_object(body)
    device, ops = device_of(found), found.get("ops")
    if not isinstance(ops, list):
        raise Unreadable(_("没有找到要上传的记录（ops），请更新应用后重试。"))
    if len(ops) > MOST:
        raise Unreadable(_("一次最多上传 %(most)d 条记录，请分几次上传。") % {"most": MOST})
    return Post(device, _moment(found.get("sent")), [_numbered(each, now) for each in ops])


def _numbered(each: Any, now: datetime) -> Sent:
    op = _uuid(each.get("op")) if isinstance(each, dict) else None
    if op is None:
        raise Unreadable(_("有一条记录没有编号（op），这一次的记录都没有收下；请更新应用后重试。"))
    return read_operation(each, op, now)


def read_operation(each: dict[str, Any], op: UUID, now: datetime) -> Sent:
    """One operation, with what is wrong in its form."""
    seq, kind, at = each.get("seq"), each.get("kind"), _moment(each.get("at"))
    right_seq = type(seq) is int and 0 <= seq <= LARGEST_SEQ
    right_kind = isinstance(kind, str) and len(kind) <= 40 and KIND.fullmatch(kind) is not None
    payload = {name: value for name, value in each.items() if name != "op"}
    parts: dict[str, Any] = {}
    try:
        _must(right_seq, "seq")
        _must(right_kind, "kind")
        _must(at is not None, "at")
        parts = {
            "data": _data(each.get("data")), "place": _place(each.get("place")),
            "seen": _seen(each.get("seen")), "photos": _photos(each.get("photos")),
        }  # fmt: skip
    except _Fault as fault:
        words = _("这条记录的“%(field)s”格式不对。内容已保存；请更新应用，或联系社区处理。")
        parts = {"fault": words % {"field": str(fault)}}
    return Sent(
        op=op, seq=seq if right_seq and isinstance(seq, int) else 0, kind=str(kind) if right_kind else "?",
        at=at or now, payload=payload, **parts,
    )  # fmt: skip


def _must(right: bool, name: str) -> None:
    if not right:
        raise _Fault(name)


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """A moment with its time zone, in this century."""
    try:
        found = parse_datetime(value) if isinstance(value, str) and len(value) <= 40 else None
        right = found is not None and found.tzinfo is not None and found.year in YEARS
        return found.astimezone(UTC) if right and found else None
    except (ValueError, OverflowError):
        return None


def _data(value: Any) -> dict[str, Any]:
    _must(isinstance(value, dict), "data")
    return dict(value)


def _place(value: Any) -> Place | None:
    if value is None:
        return None
    _must(isinstance(value, dict), "place")
    lon, lat = _number(value.get("lon"), 180), _number(value.get("lat"), 90)
    accuracy = value.get("accuracy", value.get("accuracy_m"))
    return Place(lon, lat, None if accuracy is None else abs(_number(accuracy, 10**7)))


def _number(value: Any, most: float) -> float:
    right = type(value) in (int, float) and math.isfinite(value) and abs(value) <= most
    _must(right, "place")
    return float(value)


def _seen(value: Any) -> str:
    _must(value is None or isinstance(value, str), "seen")
    return value or ""


def _photos(value: Any) -> tuple[Announced, ...]:
    _must(value is None or (isinstance(value, list) and len(value) <= MOST_PHOTOS), "photos")
    return tuple(_photo(each) for each in value or ())


def _photo(value: Any) -> Announced:
    _must(isinstance(value, dict), "photos")
    digest, size = value.get("digest"), value.get("size")
    _must(isinstance(digest, str) and DIGEST.fullmatch(digest) is not None, "photos")
    _must(type(size) is int and 0 <= size <= LARGEST_SEQ, "photos")
    return Announced(digest, size)


def skew_of(sent: datetime | None, now: datetime) -> int:
    """Seconds the phone's clock is ahead of ours; 0 if it did not say."""
    return int((sent - now) / timedelta(seconds=1)) if sent is not None else 0
