"""What a page is asked about."""

from __future__ import annotations

from django.http import Http404

from ..queries.about import About, about


def subject_of(what: str, pk: int) -> About:
    """What an address names.

    Raises:
        Http404: there is none in reach.
    """
    found = about(what, pk)
    if found is None:
        raise Http404
    return found
