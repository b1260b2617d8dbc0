"""A figure as a page writes it: the number, and below it what was divided, each leading to its rows. Written
here and not by a template, since a page has a hundred."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..indicators.figure import Figure


def cell(figure: Figure, part: str, whole: str) -> SafeString:
    """A cell of the table.

    Args:
        part, whole: addresses of the rows; "" where the reader may not open them.
    """
    if figure.is_number:
        return number(figure, part)
    divided = parts(figure, part, whole)
    return format_html('<strong>{}</strong><div class="insight-parts">{}</div>', figure, divided)


def number(figure: Figure, address: str) -> SafeString:
    """The figure alone; a bare number leads to its rows."""
    if figure.is_number and address:
        return format_html('<a href="{}">{}</a>', address, figure)
    return format_html("{}", figure)


def parts(figure: Figure, part: str, whole: str) -> SafeString:
    """Numerator / denominator."""
    told = figure.shown_part, figure.shown_whole
    if part and figure.whole:
        return format_html('<a href="{}">{}</a> / <a href="{}">{}</a>', part, told[0], whole, told[1])
    return format_html("{} / {}", *told)
