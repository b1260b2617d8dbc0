"""Compiles the translations beside their sources: ``python -m wangge.site.catalogues``.

In Python, because the machines of users have no gettext. Compiled catalogues are built things like the
front end: not committed, made by the set-up, and again when a catalogue is newer.
"""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def stale() -> list[Path]:
    """Catalogues whose compiled form is missing or older."""
    found = []
    for catalogue in sorted(LOCALE.rglob("*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            found.append(catalogue)
    return found


def compile_catalogues() -> list[Path]:
    """Compile what is stale; each appears whole or not at all, also beside a running server."""
    done = stale()
    for catalogue in done:
        compiled = catalogue.with_suffix(".mo")
        fresh = compiled.with_suffix(".mo.new")
        polib.pofile(str(catalogue)).save_as_mofile(str(fresh))
        fresh.replace(compiled)
    return done


if __name__ == "__main__":
    compile_catalogues()
