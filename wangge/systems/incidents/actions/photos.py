"""Photos that came whole, from a browser or a program."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wangge.engines.cases.actions.photos import keep_photo
from wangge.foundation.access.rules import Unacceptable


def keep_all(*, actor: str, contents: Sequence[bytes], area: str) -> tuple[str, ...]:
    """Keep photos and give their digests; the same file again is the same photo.

    Raises:
        Unacceptable: one is no photo, damaged or too large; says which and what to do.
    """
    return tuple(_keep(actor, content, area, number) for number, content in enumerate(contents, 1))


def _keep(actor: str, content: bytes, area: str, number: int) -> str:
    try:
        return keep_photo(actor=actor, content=content, area_code=area)
    except Unacceptable as why:
        told = {"number": number, "why": str(why).rstrip("。")}
        raise Unacceptable(_("第 %(number)d 张照片不能用：%(why)s。写好的字还在。") % told) from why
