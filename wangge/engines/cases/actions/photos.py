"""A photo from a browser: whole in one piece, made smaller where a camera gave more than we keep."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.photos import actions as photos
from wangge.foundation.photos.enums import Refused as Why
from wangge.lib.pictures import NotAPicture, read_picture

LARGEST_TAKEN = 40 * 1024 * 1024  # bytes; what is larger is refused before it is looked at
EDGE = 4096  # pixels of the longer side, of a photo that was too large


def keep_photo(*, actor: Any, content: bytes, area_code: str) -> str:
    """Keep a photo and give its digest; the same file again is the same photo.

    Raises:
        Unacceptable: too large, no photo, or damaged; in words for whoever took it.
    """
    if len(content) > LARGEST_TAKEN:
        raise Unacceptable(too_large(len(content)))
    content = content if len(content) <= photos.LARGEST else _smaller(content)
    digest = sha256(content).hexdigest()
    photo = photos.announce(actor=actor, digest=digest, size=len(content), area_code=area_code)
    if photo.complete_at:
        return digest
    if photo.refused:
        raise Unacceptable(str(Why(photo.refused).label))
    return _sent(actor, digest, content, photo.received)


def too_large(size: int) -> str:
    """What to say of a file of so many bytes."""
    most = LARGEST_TAKEN // (1024 * 1024)
    return _("照片有 %(size)d MB，最多 %(most)d MB；请把相机分辨率调低后重拍，或发截图。") % {
        "size": size // (1024 * 1024), "most": most}  # fmt: skip


def _sent(actor: Any, digest: str, content: bytes, begin: int) -> str:
    """From where a phone that broke off has got to."""
    standing, step = None, photos.LARGEST_PIECE
    for at in range(begin, len(content), step):
        piece = content[at : at + step]
        standing = photos.append(actor=actor, digest=digest, size=len(content), offset=at, piece=piece)
    if standing is None or not standing.complete:
        why = standing.refused if standing and standing.refused else Why.EMPTY
        raise Unacceptable(str(Why(why).label))
    return digest


def _smaller(content: bytes) -> bytes:
    """The same picture, upright, with the longer side of ``EDGE`` pixels at most."""
    try:
        read_picture(content)
        with Image.open(io.BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except NotAPicture as why:
        raise Unacceptable(str(Why(why.why).label)) from why
    picture.thumbnail((EDGE, EDGE))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=88)
    return stream.getvalue()
