"""The paper at the end."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory

from ..enums import State
from ..models import Certificate, Closing, EmergencyOrder
from ..queries.words import BACKUP_DAYS
from .paper import printed

BACKUPS_KEPT = 30  # product default, 示例: the district writes how long its own backups live


def certify(closing: Closing) -> None:
    """Issue the certificate and mark the order as erased, in one transaction; called twice, it keeps the
    first."""
    order = closing.order
    if not Certificate.objects.filter(order=order).exists():
        made = _certificate(closing)
        made.pdf = printed(made, closing)
        made.save(force_insert=True)
        data = {"number": order.number, "certificate": made.number, "sha256": made.sha256, "sm3": made.sm3}
        journal.record("order.erased", actor=closing.asked_by, area=order.area_code, subject=order, data=data)
    EmergencyOrder._base_manager.filter(pk=order.pk).update(state=State.ERASED)


def _certificate(closing: Closing) -> Certificate:
    now = timezone.now()
    days = int(territory.setting(BACKUP_DAYS, BACKUPS_KEPT))
    summary = closing.summary.encode()
    return Certificate(
        order=closing.order,
        number=f"XH{timezone.localtime(now):%Y%m%d}-{closing.pk:04d}",
        sha256=hashlib.sha256(summary).hexdigest(),
        sm3=sm3(summary),
        issued_by=closing.asked_by,
        issued_at=now,
        backups_until=timezone.localdate() + timedelta(days=days),
    )


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905) of the bytes, in hex."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def print_certificate(*, certificate: Certificate) -> bytes:
    """The PDF; made now where the machine had no Chinese font when the certificate was issued. Empty where it
    has none still."""
    if not certificate.pdf:
        certificate.pdf = printed(
            certificate, Closing.objects.select_related("order").get(order=certificate.order)
        )
        certificate.save(update_fields=["pdf"])
    return bytes(certificate.pdf)
