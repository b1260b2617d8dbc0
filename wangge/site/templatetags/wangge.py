"""Template tags of the house: the built front end and the icon sprite."""

import json
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
ENTRY = "src/main.js"
# What is served decides: the collected files, or in tests and development the build itself.
MANIFEST = (
    settings.ROOT / "front" / "dist" / ".vite" / "manifest.json"
    if settings.WHITENOISE_USE_FINDERS
    else settings.STATIC_ROOT / "manifest.json"
)


@lru_cache(maxsize=2)
def _read(path: Path, changed_at: float) -> dict[str, dict]:
    return json.loads(path.read_text(encoding="utf-8"))


def built_entry(entry: str = ENTRY) -> dict:
    """What Vite built for an entry ("file", "css", "imports"); empty before the first build."""
    at = _built_at()
    return _read(MANIFEST, at).get(entry, {}) if at else {}


def _built_at() -> float:
    try:
        return MANIFEST.stat().st_mtime
    except FileNotFoundError:
        return 0


def _address(name: str) -> str:
    # Vite has put a hash into the name already; a second one would load a module twice.
    return f"{settings.STATIC_URL}{name}"


@register.simple_tag
def vite_css(entry: str = ENTRY) -> SafeString:
    """The style sheets of one entry of the built front end; the console's when none is named."""
    rows = ((_address(name),) for name in _sheets(entry, {}))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', rows)


@register.simple_tag
def vite_parts(entry: str = ENTRY) -> SafeString:
    """The parts a script imports, fetched beside it instead of after it."""
    parts = (built_entry(name).get("file", "") for name in built_entry(entry).get("imports", []))
    rows = ((_address(part),) for part in parts if part)
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', rows)


def _sheets(entry: str, seen: dict[str, list[str]]) -> list[str]:
    """The style sheets of an entry and of the parts it shares with others, in the order they are loaded."""
    built = built_entry(entry)
    if entry in seen or not built:
        return []
    seen[entry] = []
    found = [sheet for part in built.get("imports", []) for sheet in _sheets(part, seen)]
    return list(dict.fromkeys([*found, *built.get("css", [])]))


@register.simple_tag
def vite_js(entry: str = ENTRY) -> SafeString:
    """The script of one entry, as a module (it runs after the page is parsed)."""
    built = built_entry(entry)
    return (
        format_html('<script type="module" src="{}"></script>', _address(built["file"]))
        if built
        else SafeString("")
    )


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A Tabler outline icon by name, e.g. ``{% icon "users" %}``.

    Args:
        name: the icon's name in @tabler/icons; the build picks up names written in templates and menus.
        label: what a screen reader says; without one the icon is decoration.
        css: further classes.
    """
    return _drawn(str(name), str(label), str(css), _built_at())


@lru_cache(maxsize=2048)  # a page has a hundred, mostly the same on every page
def _drawn(name: str, label: str, css: str, built_at: float) -> SafeString:
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    sprite = static("icons.svg") if built_at else f"{settings.STATIC_URL}icons.svg"
    return format_html('<svg class="icon {}" {}><use href="{}#{}"></use></svg>', css, meaning, sprite, name)
