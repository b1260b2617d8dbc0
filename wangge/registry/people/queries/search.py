"""Finding people by what is typed: each kind of text is answered by one index."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from wangge.lib.cells import clean_phone
from wangge.lib.identifiers import check_identity
from wangge.lib.scoping import current_reach, prefix_filter, prefix_of
from wangge.lib.sealing import blind

from ..enums import PersonStatus, TieKind
from ..models import Organisation, Person, Tie

LIMIT = 50
_NUMBER = re.compile(r"\d{15}|\d{17}[\dX]|[A-Z]{1,3}\d{6,14}")
_PHONE = re.compile(r"(?:\+?86)?1\d{10}|0\d{2,3}[1-9]\d{6,7}")
_LETTERS = re.compile(r"[a-z]{1,12}")
_NOISE = re.compile(r"[\s\-—_·]+")


def search_people(text: str, limit: int = LIMIT) -> QuerySet[Person]:
    """People in reach whom ``text`` may mean, at most ``limit``; nobody for empty text.

    An id number (a 15-digit one is converted), a phone, a full name or its beginning, a given name of two
    characters, or pinyin initials. Always one query.
    """
    condition, order = _meant(text)
    if condition is None:
        return Person.objects.none()
    # One letter or surname means ten thousands: who is here now, the first that come, unsorted.
    alive = present_people() if not order else Person.objects.all()
    return alive.exclude(status=PersonStatus.MERGED).filter(condition).order_by(*order)[:limit]


def search_organisations(text: str, limit: int = LIMIT) -> QuerySet[Organisation]:
    """Organisations in reach that are not closed, by their code or how their name begins; none for ""."""
    meant = Q(uscc=text.strip().upper()) | begins("name", text.strip())
    rows = Organisation.objects.filter(meant, closed_on=None) if text.strip() else Organisation.objects.none()
    return rows.order_by("area_code", "name")[:limit]


def present_people(area: str = "", kind: str = "", after: int = 0) -> QuerySet[Person]:
    """People with a tie that holds now, in reach, inside ``area``, whose key is greater than ``after``; found
    from the ties, which the index of present ties answers however small the area is."""
    behind = Q(pk__gt=after) if after else Q()
    if current_reach().everywhere and not area and not kind:
        return Person.objects.filter(behind)
    inside = prefix_filter("area_code", prefix_of(area))
    kinds = [kind] if kind else TieKind.values  # the index begins with the kind
    ties = Tie.objects.filter(inside, kind__in=kinds, known_to=None, valid_to=None)
    if after:  # said of the ties too: their index is not read from its beginning then
        ties = ties.filter(person__gt=after)
    return Person._base_manager.filter(behind, pk__in=ties.values("person"))


def kind_of_text(text: str) -> str:
    """What the text is taken for: "id", "phone", "initials", "name" or "" (nothing)."""
    squeezed = _NOISE.sub("", text.strip())
    if _NUMBER.fullmatch(squeezed.upper()):
        return "phone" if _PHONE.fullmatch(squeezed) else "id"
    if _PHONE.fullmatch(squeezed):
        return "phone"
    if _LETTERS.fullmatch(squeezed.lower()) and squeezed.isascii():
        return "initials"
    return "name" if squeezed else ""


def _meant(text: str) -> tuple[Q | None, tuple[str, ...]]:
    squeezed = _NOISE.sub("", text.strip())
    match kind_of_text(text):
        case "id":
            return Q(id_index=blind(_canonical(squeezed.upper()))), ("pk",)
        case "phone":
            digits = str(clean_phone(text, demo=settings.DEMO or settings.TEST).value or squeezed)
            # the index leaves empty phones out, so the condition must say so too
            return Q(phone_index=blind(digits)) & ~Q(phone_index=""), ("pk",)
        case "initials":
            return begins("initials", squeezed.lower()), ("initials", "pk") if len(squeezed) > 1 else ()
        case "name":
            return _named(text.strip()), ("name", "pk") if len(squeezed) > 1 else ()
    return None, ()


def _canonical(number: str) -> str:
    """The number as it is sealed; one that cannot be right is looked up as typed, and not found."""
    return check_identity(number, demo=settings.DEMO or settings.TEST).number or number


def _named(text: str) -> Q:
    found = begins("name", text)
    return found | Q(tail=text) if len(text) == 2 else found


def begins(column: str, text: str) -> Q:
    """``column`` begins with ``text``, in the form that the index of this database answers."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": text})  # pattern index
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + "\U0010ffff"})  # SQLite compares bytes
