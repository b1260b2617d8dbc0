"""A QR code and its number as a page shows them."""

from __future__ import annotations

import io

import segno


def qr_of(address: str) -> str:
    """The QR as SVG without a size of its own; about a seventh of it may be torn or dirty (level M)."""
    drawn = io.BytesIO()
    # two modules of quiet: the white of the page goes on around them
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True
    )
    return drawn.getvalue().decode()


def spaced(number: str) -> str:
    """Ten digits as people read them out: 123 456 7890."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"
