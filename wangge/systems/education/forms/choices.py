"""What the lists of the forms offer, and how dates and times are asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from wangge.engines.cases.queries.choices import own_area_choices
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.queries import areas_in_reach

from ..queries.topics import topic_name, topics


def date_input() -> forms.DateInput:
    """A day, as the browser picks it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """A time, as the browser picks it."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def area_choices() -> list[Any]:
    """The district and towns of the reach, then its communities and grids by town; one alone is chosen."""
    wide = areas_in_reach().filter(level__in=(Level.DISTRICT, Level.TOWN)).order_by("code")
    found: list[Any] = [*wide.values_list("code", "name"), *own_area_choices()]
    return [("", "—"), *found]


def topic_choices(also: str = "") -> list[tuple[str, str]]:
    """The topics of today's list, and the one a row has."""
    found = topics()
    return [("", "—"), *(found | ({also: topic_name(also)} if also else {})).items()]
