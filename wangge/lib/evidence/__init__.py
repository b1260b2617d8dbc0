"""The evidence bundle of a matter: one file that anyone proves offline, names hidden or not.

A zip of plain JSON and photos. Every field of a step is committed to with a salt of its own, every step
stands on the hash of the one before, and the list of hashes is signed (Ed25519). A hidden field leaves its
commitment behind, so that the chain holds without it. See ``readme.TEXT`` for the format.
"""

from .canonical import NotJson, canonical
from .commitments import NUMBER, START, Step, new_salts, step_hash
from .manifest import fingerprint
from .redacting import NotProven, echoes, redact
from .verifying import Facts, Report, plain_fingerprint, verify
from .words import Problem
from .writing import BrokenChain, UnknownField, write

__all__ = [
    "NUMBER",
    "START",
    "BrokenChain",
    "Facts",
    "NotJson",
    "NotProven",
    "Problem",
    "Report",
    "Step",
    "UnknownField",
    "canonical",
    "echoes",
    "fingerprint",
    "new_salts",
    "plain_fingerprint",
    "redact",
    "step_hash",
    "verify",
    "write",
]
