"""Identity numbers of people and organisations: check, convert, explain, and make for the demo.

Sources: spec §3.6 — GB 11643-1999 (resident id), GB 32100-2015 (统一社会信用代码); check digits
by python-stdnum. Nothing here guesses: a number that cannot be right is refused with a code,
and ``message(code)`` says in plain words what to do next.
"""

from .demo import make_demo_id, make_demo_uscc
from .messages import MESSAGES, message
from .organisation import Uscc, check_uscc
from .regions import PROVINCES
from .resident import FEMALE, MALE, Identity, check_resident_id, disagreement
from .travel import IDENTITY_KINDS, check_identity, check_travel_document, id_code_of

__all__ = [
    "FEMALE",
    "IDENTITY_KINDS",
    "MALE",
    "MESSAGES",
    "PROVINCES",
    "Identity",
    "Uscc",
    "check_identity",
    "check_resident_id",
    "check_travel_document",
    "check_uscc",
    "disagreement",
    "id_code_of",
    "make_demo_id",
    "make_demo_uscc",
    "message",
]
