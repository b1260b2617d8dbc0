"""What the forms know of the fact dictionary."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.registry.ledgers.dictionary import code_list, facts, never_asked
from wangge.registry.ledgers.queries.dictionary import fact_names as every_name
from wangge.registry.ledgers.queries.reading import meant_by, wording

from ..checking import Words

CODED = ("code", "mark", "sex")


def fact_names() -> dict[str, str]:
    """Facts that a question may be bound to, by their code."""
    known = facts()
    return {code: name for code, name in every_name().items() if known[code].target != "row"}


def fact_keys() -> set[str]:
    """Codes of the facts that a question may be bound to."""
    return set(fact_names())


def words() -> Words:
    """The dictionary as the checker asks it."""
    return Words(fact_keys(), _why_not, lambda label: meant_by(wording(label)), code_of)


def _why_not(text: str) -> str:
    why = never_asked(text)
    return str(why.reason) if why else ""


def code_of(fact: str, name: str, label: str) -> str:
    """What the register holds for an option of a question bound to a fact: its name where that is a code of
    the list, else what its label or name means there; "" when the list has neither. Facts without a list
    hold what the option says."""
    known = facts().get(fact)
    if known is None or known.kind not in CODED:
        return label or name
    codes = code_list(known.codes)
    if any(code.value == name for code in codes.codes):
        return name
    return codes.find(label) or codes.find(name) or ""


def choice_of(fact: str, held: str, choices: Sequence[Sequence[str]]) -> str:
    """The option that stands for a value of the register; the value itself for a question without options,
    "" when no option stands for it."""
    if not choices:
        return held
    return next((name for name, label in choices if held in (code_of(fact, name, label), name, label)), "")
