"""What may not be done to the register, and what cannot be true in it, as small named sentences."""

from . import homes, persons  # every sentence says its name on import
from .faults import ALL, Fault, Sentence, Step
from .refusals import Declined, check_mergeable, ids_disagree

__all__ = [
    "ALL",
    "Declined",
    "Fault",
    "Sentence",
    "Step",
    "check_mergeable",
    "homes",
    "ids_disagree",
    "persons",
]
