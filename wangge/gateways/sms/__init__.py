"""Short messages: one call, whoever carries them.

``send(phone, template, values)`` fills the template and hands it to the carrier that
``settings.SMS_GATEWAY`` names by dotted path, a class with one method ``carry`` (see ``carrier.py``).
Without a setting: the outbox in demo, development and tests, nobody in production. What cannot be sent
raises ``NotSent``, which carries a code and never a number; callers send inside a reaction, so that a
failure is counted, shown and tried again. Nothing here writes a number or a text to a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from .carrier import Carrier, Message, NotSent, Template
from .outbox import Outbox

__all__ = ["Carrier", "Message", "NotSent", "Outbox", "Template", "on_screen", "send"]


@lru_cache(maxsize=4)
def _carrier(path: str) -> Carrier:
    return import_string(path)()


def send(phone: str, template: Template, values: Mapping[str, str]) -> None:
    """Send one message.

    Args:
        phone: the canonical number, in clear; it goes nowhere but to the carrier.
        template: its text with {names} in it, and the carrier's own number for it.
        values: what stands for the names.

    Raises:
        NotSent: the carrier refused or cannot be reached, or a name of the text has no value.
    """
    try:
        text = template.text.format_map(dict(values))
    except (KeyError, ValueError, IndexError) as error:
        raise NotSent("template") from error
    _carrier(settings.SMS_GATEWAY).carry(Message(phone, text, template, dict(values)))


def on_screen() -> bool:
    """Whether a message may also be shown where it was asked for: the outbox in demo, nowhere else."""
    return settings.DEMO and _carrier(settings.SMS_GATEWAY).shows
