"""Words of a confidential system are kept by it: the step only proves what they were, and tells nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused
from wangge.lib.sealing import blind

from ..kinds import admitted, confidential
from ..models import Case, Step
from .chain import Wish

SAID = "words_proof"  # in a step's data: the words under a secret key


def look_at(actor: Any, case: Case) -> None:
    """Raises Refused for somebody whom the case's system does not admit."""
    if not admitted(actor, case):
        raise Refused(_("这件事由指定的人承办，您还不是承办人；请先承办，或请上级指定。"))


def confide(*, actor: Any, case: Case, wish: Wish) -> Wish:
    """What stands in the chain: the wish itself, or without its words, which the system keeps."""
    secret = confidential(case)
    if secret is None or not wish.words.strip():
        return wish
    secret.keep(actor=actor, case=case, op=wish.op, words=wish.words)
    return replace(wish, words="", data={**wish.data, SAID: proof_of(wish.op, wish.words)})


def proof_of(op: UUID, words: str) -> str:
    """What proves to whoever has the keys that these words were said with this step."""
    return blind(words, f"cases.said.{op}")


def says(step: Step, words: str) -> bool:
    """Whether these words were said with the step."""
    said = step.data.get(SAID)
    return step.words == words if said is None else said == proof_of(step.op, words)
