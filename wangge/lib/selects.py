"""Lists to choose from, written at once: Django draws each of their options by a template of its own, and a
page with filters has hundreds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """Django's own for every widget but the list; named in the settings (``FORM_RENDERER``)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == SELECT:
            return select(context["widget"])
        return str(super().render(template_name, context, request))


def select(widget: Mapping[str, Any]) -> SafeString:
    """What Django's template makes of a list.

    Args:
        widget: as ``Select.get_context`` gives it: name, attrs, optgroups.
    """
    groups = [_group(name, options) for name, options, _index in widget["optgroups"]]
    name = escape(widget["name"])
    return mark_safe(f'<select name="{name}"{_attributes(widget["attrs"])}>{"".join(groups)}</select>')


def _group(name: str | None, options: list[Mapping[str, Any]]) -> str:
    lines = "".join([_option(option) for option in options])
    return f'<optgroup label="{conditional_escape(name)}">{lines}</optgroup>' if name else lines


def _option(option: Mapping[str, Any]) -> str:
    value, label = escape(str(option["value"])), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _attributes(attrs: Mapping[str, Any]) -> str:
    told = [(name, value) for name, value in attrs.items() if value is not False]
    words = [name if value is True else f'{name}="{escape(str(value))}"' for name, value in told]
    return "".join([f" {word}" for word in words])
