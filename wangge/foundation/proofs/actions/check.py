"""Checking a code."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from wangge.foundation.journal import actions as journal

from ..models import Proof
from ..rules import limits, over, wrong
from .digest import digest_of

SAME_USE = timedelta(minutes=1)  # a form sent twice is one use


def check_code(proof_key: str | uuid.UUID, code: str, *, purpose: str) -> str:
    """The blind index of the phone that this code proves. Do not call inside a transaction of your own.

    Args:
        proof_key: the proof's key. code: as typed. purpose: what it was sent for; another one proves nothing.

    Raises:
        NotProved: wrong (says how many tries are left) or over; the try is counted whatever is raised.
    """
    proof = _one_more_try(proof_key, purpose)
    if not constant_time_compare(proof.code_digest, digest_of(proof, _digits(code))):
        raise wrong(limits().tries - proof.tries)
    return _prove(proof)


def _one_more_try(proof_key: str | uuid.UUID, purpose: str) -> Proof:
    """Count the try in the statement that allows it: guesses at the same moment cannot outrun the limit."""
    now = timezone.now()
    try:
        held = Proof.objects.filter(key=uuid.UUID(str(proof_key)), purpose=purpose, ends_at__gt=now)
    except ValueError:
        raise over() from None
    unused = Q(proved_at=None) | Q(proved_at__gt=now - SAME_USE)
    if not held.filter(unused, tries__lt=limits().tries).update(tries=F("tries") + 1):
        raise over()
    return held.get()


@transaction.atomic
def _prove(proof: Proof) -> str:
    if Proof.objects.filter(pk=proof.pk, proved_at=None).update(proved_at=timezone.now()):
        journal.record(
            "proof.given", actor="visitor", area="", subject=proof, data={"purpose": proof.purpose}
        )
    return proof.phone_index


def _digits(code: str) -> str:
    return "".join(letter for letter in str(code) if not letter.isspace())[:12]
