"""A photo that came whole, from a browser."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.photos import actions as photos
from wangge.foundation.photos.enums import Refused


def keep_all(*, actor: str, contents: Sequence[bytes], area: str) -> tuple[str, ...]:
    """Keep photos and give their digests; the same file again is the same photo.

    Raises:
        Unacceptable: one is no photo, damaged or too large; says which and what to do.
    """
    return tuple(_keep(actor, content, area, number) for number, content in enumerate(contents, 1))


def _keep(actor: str, content: bytes, area: str, number: int) -> str:
    digest, size = sha256(content).hexdigest(), len(content)
    photo = photos.announce(actor=actor, digest=digest, size=size, area_code=area)
    standing, refused, step = photo.complete_at is not None, photo.refused, photos.LARGEST_PIECE
    for at in range(photo.received, size, step) if not standing and not refused else ():
        told = photos.append(actor=actor, digest=digest, size=size, offset=at, piece=content[at : at + step])
        standing, refused = told.complete, told.refused
    if not standing:
        raise Unacceptable(_refusal(number, refused))
    return digest


def _refusal(number: int, why: str) -> str:
    words = Refused(why).label if why in Refused.values else _("没有传完整")
    return _("第 %(number)d 张照片不能用：%(why)s。写好的字还在。") % {
        "number": number, "why": words}  # fmt: skip
