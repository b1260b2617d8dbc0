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
    if not MANIFEST.exists():
        return {}
    return _read(MANIFEST, MANIFEST.stat().st_mtime).get(entry, {})


def _address(name: str) -> str:
    # Vite has put a hash into the name already; a second one would load a module twice.
    return f"{settings.STATIC_URL}{name}"


@register.simple_tag
def vite_css() -> SafeString:
    """The style sheets of the built front end."""
    rows = ((_address(name),) for name in built_entry().get("css", []))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', rows)


@register.simple_tag
def vite_js() -> SafeString:
    """The script of the built front end, as a module (it runs after the page is parsed)."""
    entry = built_entry()
    return (
        format_html('<script type="module" src="{}"></script>', _address(entry["file"]))
        if entry
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
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    sprite = static("icons.svg") if built_entry() else f"{settings.STATIC_URL}icons.svg"
    return format_html('<svg class="icon {}" {}><use href="{}#{}"></use></svg>', css, meaning, sprite, name)
