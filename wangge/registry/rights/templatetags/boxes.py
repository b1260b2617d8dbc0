"""Form fields in the residents' look."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()
LOOKS = ((forms.Select, "weui-select"), (forms.Textarea, "weui-textarea"), (forms.Widget, "weui-input"))
TYPED = {
    "phone": {"type": "tel", "inputmode": "numeric", "autocomplete": "tel"},
    "code": {"inputmode": "numeric", "autocomplete": "one-time-code"},
    "tail": {"autocomplete": "off", "autocapitalize": "characters"},
}


@register.filter
def boxed(field: BoundField) -> SafeString:
    """The field in its box; a screen reader is led from it to its error."""
    css = next(look for kind, look in LOOKS if isinstance(field.field.widget, kind))
    attrs: dict[str, Any] = {"class": css, **TYPED.get(field.name, {})}
    if field.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.id_for_label}_error"}
    return field.as_widget(attrs=attrs)
