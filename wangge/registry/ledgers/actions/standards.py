"""The standard ledger: publishing versions, taking them up (S14, S15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.models import Area
from wangge.registry.ledgers.dictionary import facts
from wangge.registry.ledgers.models import Adoption, Standard
from wangge.registry.ledgers.outgoing.versions import FIRST, V1


class Unacceptable(ValueError):
    """What was asked cannot be published or taken up; says why in Chinese."""


def ensure_standards() -> int:
    """Have v1.0 of the four ledgers in the table; returns how many were missing."""
    made = 0
    for ledger, columns in V1.items():
        _standard, new = Standard.objects.get_or_create(
            ledger=ledger,
            version=FIRST,
            defaults={
                "columns": columns,
                "note": "首个统一标准",
                "published_by": "system",
                "published_at": timezone.now(),
            },
        )
        made += new
    return made


def publish_standard(*, actor: Any, ledger: str, columns: Sequence[str], note: str = "") -> Standard:
    """Publish the next version of a ledger's standard.

    Args:
        columns: fact codes in order; 姓名 and 证件号码 or 现住址 must be among them.

    Raises:
        Unacceptable: unknown or repeated facts, no change, or no way to tell the people apart.
    """
    wanted = list(columns)
    latest = Standard.objects.filter(ledger=ledger).order_by("-pk").first()
    _must_be_publishable(ledger, wanted, latest)
    with transaction.atomic():
        standard = Standard.objects.create(
            ledger=ledger,
            version=next_version(latest.version if latest else ""),
            columns=wanted,
            note=note,
            published_by=journal.account_of(actor),
            published_at=timezone.now(),
        )
        before = latest.columns if latest else []
        changes = {
            "added": [code for code in wanted if code not in before],
            "removed": [code for code in before if code not in wanted],
        }
        journal.record(
            "standard.published",
            actor=actor,
            area="",
            subject=standard,
            changes=changes,
            data={"ledger": ledger, "version": standard.version},
        )
    return standard


def _must_be_publishable(ledger: str, columns: list[str], latest: Standard | None) -> None:
    if ledger not in V1:
        raise Unacceptable(_("没有这种标准台账。"))
    unknown = [code for code in columns if code not in facts()]
    if unknown:
        raise Unacceptable(_("事实字典里没有这些项：%(unknown)s。") % {"unknown": "、".join(unknown)})
    if len(set(columns)) < len(columns):
        raise Unacceptable(_("有重复的列。"))
    if "name" not in columns or not {"id_no", "residence"} & set(columns):
        raise Unacceptable(_("标准台账必须有姓名，并有证件号码或现住址，否则认不出是同一个人。"))
    if latest is not None and latest.columns == columns:
        raise Unacceptable(_("和现行版本一样，没有可发布的变化。"))


def next_version(version: str) -> str:
    """1.0 → 1.1; the first is 1.0."""
    if not version:
        return FIRST
    major, minor = version.split(".")
    return f"{major}.{int(minor) + 1}"


def adopt_standard(*, actor: Any, standard: Standard, community: Area, on: date | None = None) -> Adoption:
    """A village or community takes up a version; taking it up again changes nothing.

    Raises:
        Unacceptable: the area is no village or community.
    """
    if community.level != "community":
        raise Unacceptable(_("只有村、社区可以采用标准台账。"))
    with transaction.atomic():
        adoption, new = Adoption.objects.get_or_create(
            area_code=community.code,
            standard=standard,
            defaults={
                "adopted_on": on or timezone.localdate(),
                "adopted_by": journal.account_of(actor),
            },
        )
        if new:
            data = {"ledger": standard.ledger, "version": standard.version}
            journal.record("standard.adopted", actor=actor, area=community.code, subject=adoption, data=data)
    return adoption
