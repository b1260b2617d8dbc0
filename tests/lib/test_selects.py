"""A list written at once says what Django's own template says."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from wangge.lib.selects import Renderer

CHOICES = [
    ("", _("不限")), (1, "一"), ('2"', "<二>"), (None, mark_safe("<b>三</b>")),
    ("组&", [("a", "甲"), ("b", "乙")]),
]  # fmt: skip


def squeezed(html: str) -> str:
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html).strip()


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
@pytest.mark.parametrize("value", ["", "1", "b", ["a", '2"'], None])
def test_it_is_the_same_list(widget: type[forms.Select], value: object) -> None:
    drawn = widget(attrs={"class": 'wide "one"', "required": True, "hidden": False}, choices=CHOICES)
    ours, plain = (drawn.render("kind", value, {"id": "x"}, made()) for made in (Renderer, DjangoTemplates))
    assert squeezed(ours) == squeezed(plain)
    assert ours.count("<option") == 6


def test_every_other_widget_is_djangos_own() -> None:
    assert forms.TextInput().render("q", "<甲>", renderer=Renderer()) == forms.TextInput().render(
        "q", "<甲>", renderer=DjangoTemplates()
    )


def test_forms_are_drawn_with_it(settings) -> None:
    assert settings.FORM_RENDERER == "wangge.lib.selects.Renderer"
