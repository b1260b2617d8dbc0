"""Which whistle a page is asked for."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from ..models import Call, Whistle
from ..queries.calls import calls_for
from ..queries.whistles import whistle_of, whistles_for


def number_of(text: str) -> int:
    """A small whole number of an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def whistle_or_404(user: Any, number: str) -> Whistle:
    """A whistle the reader may see, by its number."""
    case = whistles_for(user).filter(number=number).first()
    found = whistle_of(case) if case is not None else None
    if found is None:
        raise Http404
    return found


def call_or_404(user: Any, pk: int) -> Call:
    """A call of a whistle the reader may see."""
    found = calls_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
