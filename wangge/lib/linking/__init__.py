"""Who is the same person: records compared by what speaks for and against, on any engine.

``link`` for a file or a district, ``match`` for one record against a few, ``weigh`` to explain pairs.
"""

from .blocking import Load, Rule, TooManyPairs, check, measure
from .compare import Finding, Weighed, match, weigh
from .engines import ENGINES, SparkUnreachable
from .linked import LOWER, UPPER, Linked, link
from .names import folded, name_keys
from .tokens import COLUMNS, Population, Rates, prepare, usual_rates
from .words import RULES, STAGES, WORDS

__all__ = [
    "COLUMNS",
    "ENGINES",
    "LOWER",
    "RULES",
    "STAGES",
    "UPPER",
    "WORDS",
    "Finding",
    "Linked",
    "Load",
    "Population",
    "Rates",
    "Rule",
    "SparkUnreachable",
    "TooManyPairs",
    "Weighed",
    "check",
    "folded",
    "link",
    "match",
    "measure",
    "name_keys",
    "prepare",
    "usual_rates",
    "weigh",
]
