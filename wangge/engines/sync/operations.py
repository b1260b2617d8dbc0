"""The engine's own kind of operation: a note, to see that the line works from end to end."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .handlers import Done, Incoming, Unacceptable

LONGEST = 500


def note(incoming: Incoming) -> Done:
    """A few words; they stay in the operation."""
    text = incoming.data.get("text")
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
        raise Unacceptable(_("备注请写 1 到 %(most)d 个字。") % {"most": LONGEST})
    return Done(incoming.phone.area_code, {"length": len(text)})
