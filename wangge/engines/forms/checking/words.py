"""What the checker is told of the fact dictionary, so that it can be tried without one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

OWN = ("own", "只留在表单", "不入册")  # in the column fact: the answer stays in the form


def _nothing(*_texts: str) -> str:
    return ""


def _same(_fact: str, name: str, _label: str) -> str:
    return name


@dataclass(frozen=True)
class Words:
    """facts: what a question may be bound to. why_not(text): why a form may not ask this, "" when it may.
    meant(label): the fact a question means, "" for none. code(fact, name, label): what the register holds for
    an option of a question bound to the fact, "" when the dictionary has no such code."""

    facts: Collection[str]
    why_not: Callable[[str], str] = _nothing
    meant: Callable[[str], str] = _nothing
    code: Callable[[str, str, str], str] = _same
