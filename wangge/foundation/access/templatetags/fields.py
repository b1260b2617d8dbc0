"""One look for every form field of this app's pages."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

from wangge.foundation.journal import events
from wangge.lib import markup

register = template.Library()
register.simple_tag(markup.options)
register.simple_tag(markup.cells)


@register.filter
def styled(field: BoundField) -> SafeString:
    """The field's widget in the kit's classes, marked when it has errors."""
    picks = isinstance(field.field.widget, forms.Select)
    css = "form-select" if picks else "form-control"
    attrs: dict[str, Any] = {"class": f"{css} is-invalid" if field.errors else css, "placeholder": ""}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def ticked(field: BoundField) -> SafeString:
    """A check box in the kit's class."""
    return field.as_widget(attrs={"class": "form-check-input"})


@register.filter
def area_name(code: str, names: dict[str, str] | str) -> str:
    """The area's name where the reader may see it, else its code."""
    known = names if isinstance(names, dict) else {}
    return known.get(code, code) or "—"


@register.filter
def kind_name(kind: str) -> str:
    """What a kind of event is called."""
    return events.name_of(kind)
