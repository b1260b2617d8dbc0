"""Pieces of a page that repeat by the hundred, written here at once and escaped: in a template's loop a cell
or an option costs twenty times as much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

NOTHING = "—"


def options(choices: Iterable[Sequence[object]], chosen: object = "") -> SafeString:
    """The lines of a list.

    Args:
        choices: (value, label) each. chosen: the value that is selected, or several of them.
    """
    held = {str(one) for one in (chosen if isinstance(chosen, (list, tuple, set)) else [chosen])}
    lines = []
    for value, label in choices:
        code = "" if value is None else str(value)
        mark = " selected" if code in held else ""
        lines.append(f'<option value="{escape(code)}"{mark}>{escape(str(label))}</option>')
    return mark_safe("".join(lines))  # escaped above


def cells(values: Sequence[object], address: str = "") -> SafeString:
    """The cells of a table's row; an empty one says "—".

    Args:
        address: where the first cell leads, "" for nowhere.
    """
    shown = [NOTHING if value in ("", None) else escape(str(value)) for value in values]
    if address and shown:
        shown[0] = format_html('<a href="{}">{}</a>', address, mark_safe(shown[0]))  # escaped above
    return mark_safe("".join([f"<td>{text}</td>" for text in shown]))  # escaped above
