"""Writes of emergency orders."""

from .certify import print_certificate
from .close import carry_on, close_order, request_closing
from .draft import FieldSaid, amend_order, discard_draft, draft_order
from .export import export_values
from .files import keep_file, note_export
from .keep import hold_order, keep_many, keep_values
from .run import extend_order, start_order
from .scrub import Busy
from .settle import Remaining, accept_remains
from .verify import Verdict, verify_order

__all__ = [
    "Busy",
    "FieldSaid",
    "Remaining",
    "Verdict",
    "accept_remains",
    "amend_order",
    "carry_on",
    "close_order",
    "discard_draft",
    "draft_order",
    "export_values",
    "extend_order",
    "hold_order",
    "keep_file",
    "keep_many",
    "keep_values",
    "note_export",
    "print_certificate",
    "request_closing",
    "start_order",
    "verify_order",
]
