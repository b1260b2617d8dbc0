"""A phone nobody was issued, and the code that was made for it."""

from __future__ import annotations

from wangge.foundation.proofs import actions
from wangge.foundation.proofs.models import Proof
from wangge.lib.sealing import unseal

PHONE, OTHER = "10000000001", "10000000002"
PURPOSE = "test.enter"


def sent(phone: str = PHONE, purpose: str = PURPOSE, address: str = "") -> tuple[Proof, str]:
    """A proof and the code in it."""
    proof = actions.send_code(phone=phone, purpose=purpose, client_address=address)
    return proof, unseal(proof.code_sealed)


def other_than(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
