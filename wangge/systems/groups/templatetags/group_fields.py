"""One look for the form fields of the pages without account."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def weui(field: BoundField) -> SafeString:
    """The field's widget in WeUI's classes, tied to its hint and marked when it has errors."""
    picks = isinstance(field.field.widget, forms.Select)
    attrs: dict[str, Any] = {"class": "weui-select" if picks else "weui-input"}
    if field.errors:
        attrs["aria-invalid"] = "true"
    described = [f"{field.id_for_label}_hint", f"{field.id_for_label}_error" if field.errors else ""]
    attrs["aria-describedby"] = " ".join(filter(None, described))
    return field.as_widget(attrs=attrs)
