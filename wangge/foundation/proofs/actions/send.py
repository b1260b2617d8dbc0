"""Making a code and sending it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.queries import setting
from wangge.gateways import sms
from wangge.lib.cells import clean_phone
from wangge.lib.sealing import blind, seal, unseal

from ..models import Allowance, Proof
from ..rules import bad_phone, limits, too_many, too_soon
from .digest import digest_of

MOBILE = 11
NO_GAP = timedelta(0)


@transaction.atomic
def send_code(*, phone: str, purpose: str, client_address: str = "") -> Proof:
    """Make a code for this phone and purpose; the worker sends it within seconds.

    Args:
        phone: as typed. purpose: what the code will be good for, nothing else.
        client_address: where the request came from, for the daily limit.

    Raises:
        NotProved: not a mobile number, asked a moment ago, or the day's codes are used up.
    """
    number, allowed, now = _mobile(phone), limits(), timezone.now()
    address = blind(client_address, "address") if client_address else ""
    _count(f"p:{blind(number)}", now, allowed.phone_day, allowed.gap)
    if address:
        _count(f"a:{address}", now, allowed.address_day, NO_GAP)
    code = f"{secrets.randbelow(1_000_000):06d}"
    proof = Proof(
        purpose=purpose, phone_sealed=seal(number), phone_index=blind(number), address_index=address,
        code_sealed=seal(code), made_at=now, ends_at=now + allowed.lasts,
    )  # fmt: skip
    proof.code_digest = digest_of(proof, code)
    proof.save(force_insert=True)
    journal.record("proof.requested", actor="visitor", area="", subject=proof, data={"purpose": purpose})
    proof.shown = code if sms.on_screen() else ""
    return proof


def _mobile(phone: str) -> str:
    cell = clean_phone(phone, demo=settings.DEMO or settings.TEST)
    number = str(cell.value or "")
    if cell.error or not (number.isdigit() and len(number) == MOBILE):
        raise bad_phone()
    return number


def _count(who: str, now: datetime, most: int, gap: timedelta) -> None:
    """One more for today; refused by the same statement that counts, so two at once cannot both pass."""
    today = Allowance.objects.filter(who=who, day=timezone.localdate(now))
    free = today.filter(asked__lt=most)
    if gap:
        free = free.filter(last_at__lte=now - gap)
    if free.update(asked=F("asked") + 1, last_at=now):
        return
    if not today.exists() and _first(who, now):
        return
    held = today.first()
    raise too_soon(gap) if held and held.asked < most else too_many()


def _first(who: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            Allowance.objects.create(who=who, day=timezone.localdate(now), asked=1, last_at=now)
    except IntegrityError:  # another request of this moment was the first
        return False
    return True


def send_waiting(entry: Entry) -> None:
    """On proof.requested: send the code, unless it was sent or is over; then forget it."""
    proof = Proof.objects.select_for_update().filter(pk=entry.subject_id).first()
    if proof is None or not proof.code_sealed:
        return
    if proof.ends_at > timezone.now():
        minutes = max(1, round((proof.ends_at - proof.made_at).total_seconds() / 60))
        values = {"code": unseal(proof.code_sealed), "minutes": str(minutes)}
        sms.send(unseal(proof.phone_sealed), _template(), values)
        proof.sent_at = timezone.now()
    proof.code_sealed = ""
    proof.save(update_fields=["code_sealed", "sent_at"])


def _template() -> sms.Template:
    usual = {"text": _("【网格】验证码 {code}，{minutes} 分钟内有效。请勿告诉他人。"), "code": ""}
    said = setting("sms.proof", usual)
    return sms.Template("proof", said["text"], said.get("code", ""))
