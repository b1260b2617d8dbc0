"""How a code is kept: bound to its proof and purpose, under a secret key."""

from __future__ import annotations

from wangge.lib.sealing import blind

from ..models import Proof


def digest_of(proof: Proof, code: str) -> str:
    """The keyed digest of this code for this proof."""
    return blind(f"{proof.key}:{proof.purpose}:{code}", "proof.code")
