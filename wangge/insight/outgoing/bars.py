"""Twelve small bars: how a figure went month by month. Drawn without script or style, so that they print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Month = tuple[date, Fraction | None, str]  # first day, value, its words
STEP, HIGH = 10.0, 28.0
SVG = (
    '<svg class="insight-bars" viewBox="0 0 118 29" preserveAspectRatio="xMinYMax meet" role="img" '
    'aria-label="{}：{}">{}</svg>'
)
BAR = '<rect x="{}" y="{}" width="7" height="{}" rx="1" class="{}"><title>{}</title></rect>'


def bars_of(months: Sequence[Month]) -> SafeString:
    """The bars as SVG, the tallest as high as there is room; a month without a figure is a short line at the
    foot. "" without months."""
    if not months:
        return SafeString("")
    top = max((value for _month, value, _words in months if value is not None), default=Fraction(0))
    says = [f"{month:%Y-%m} {words}" for month, _value, words in months]
    rows = [
        (f"{at * STEP:.0f}", f"{HIGH - high:.1f}", f"{high:.1f}", _look(at, months), says[at])
        for at, high in enumerate(_high(value, top) for _month, value, _words in months)
    ]
    return format_html(SVG, _("近 12 个月"), escape("；".join(says)), format_html_join("", BAR, rows))


def _high(value: Fraction | None, top: Fraction) -> float:
    return max(round(float(value / top) * HIGH, 1), 1.0) if value is not None and top > 0 else 1.0


def _look(at: int, months: Sequence[Month]) -> str:
    if months[at][1] is None:
        return "bar-empty"
    return "bar-last" if at == len(months) - 1 else "bar"
