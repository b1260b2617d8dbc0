"""Writes of the forms."""

from .answering import NO_PICTURE, Different, Kept, keep_answer
from .deciding import accept_proposals, ask_admission, bind_fact, keep_in_form
from .devices import add_device, revoke_device
from .versions import Refused, Undecided, publish_version, retire_form, upload_form, upload_forms
from .writing_back import Written, write_back

__all__ = [
    "NO_PICTURE",
    "Different",
    "Kept",
    "Refused",
    "Undecided",
    "Written",
    "accept_proposals",
    "add_device",
    "ask_admission",
    "bind_fact",
    "keep_answer",
    "keep_in_form",
    "publish_version",
    "retire_form",
    "revoke_device",
    "upload_form",
    "upload_forms",
    "write_back",
]
