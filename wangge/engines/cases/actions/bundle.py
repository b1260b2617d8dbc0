"""The evidence bundle of a case: everything that was done, in one file that proves itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.queries import content_of
from wangge.foundation.territory.queries import area_name_path
from wangge.lib import evidence

from ..kinds import admitted, confidential, kind_name
from ..models import Case
from ..queries.shown import photo_digests
from ..queries.timeline import steps_of
from ..rules import may_see
from .chain import fields_of, salts_of
from .keys import signer

NAMES = frozenset({"name", "account"})  # of a step: who acted
PHOTOS = frozenset({"photos"})


@transaction.atomic
def bundle_of(*, actor: Any, case: Case, full: bool = False, reason: str = "") -> bytes:
    """The bundle as a zip; who took it stands in the trail.

    Args:
        full: with the names of those who acted; else they are left out and the proof still holds.
        reason: why it has to be with names.

    Raises:
        Refused: not one of hers, or no right to see names. Unacceptable: no reason, or a step is not what its
            hash says.
    """
    if not may_see(actor, case):
        raise Refused(_("这件事不在您的范围内。"))
    if case.forgotten_at:
        raise Unacceptable(_("办结已满五年，经过按规定清除了，没有证据包。"))
    if full:
        access.reveal(actor=actor, subject=case, field="names", reason=reason, kind="case.revealed")
    made = _written(case, frozenset() if full else NAMES, _shows_photos(actor, case, full))
    data = {"number": case.number, "full": full}
    journal.record("case.bundled", actor=actor, area=case.area_code, subject=case, reason=reason, data=data)
    return made


def _shows_photos(actor: Any, case: Case, full: bool) -> bool:
    """Photos of a confidential case show papers with names: only whom it admits takes them, for a reason."""
    return confidential(case) is None or (full and admitted(actor, case))


def _written(case: Case, hidden: frozenset[str], shown: bool) -> bytes:
    hidden = hidden if shown else hidden | PHOTOS
    steps = list(steps_of(case))
    for step in steps:
        step.case = case
    told = [evidence.Step(fields_of(step), salts_of(step), step.hash) for step in steps]
    sign, public = signer()
    try:
        photos = _photos(case) if shown else iter(())
        return evidence.write(case_fields(case), told, photos, sign, public, hidden)
    except evidence.BrokenChain as broken:
        raise Unacceptable(
            _("第 %(step)d 步的记录与它的校验码不符，没有签发证据包；请马上告诉系统管理员。")
            % {"step": broken.number}
        ) from broken


def case_fields(case: Case) -> dict[str, Any]:
    """What the bundle says of the case beside its steps. Nothing of the reporter."""
    return {
        "number": case.number, "system": case.system, "kind": case.kind, "kind_name": kind_name(case),
        "procedure": case.procedure_key, "procedure_sha256": case.procedure.digest,
        "title": case.title, "words": case.words, "level": case.level, "state": case.state,
        "source": case.source, "area": case.area_code, "area_name": area_name_path(case.area_code),
        "address": case.address, "place": [case.lon, case.lat] if case.lon is not None else [],
        "raised_at": case.raised_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else "",
        "rating": case.rating, "solved": case.solved, "head": case.head,
    }  # fmt: skip


def _photos(case: Case) -> Iterator[tuple[str, str, bytes]]:
    """The photos that have arrived, wherever they came in."""
    rows = Photo._base_manager.filter(digest__in=photo_digests(case)).exclude(complete_at=None)
    for photo in rows.exclude(content=""):
        yield photo.digest, photo.kind, content_of(photo)
