"""What the kinds of events are called on screens. Each app names its own (in its AppConfig's ready)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_names: dict[str, str | Promise] = {
    "trail.checked": _("核验留痕"),
    "delivery.retried": _("重新执行后续处理"),
}


def name_kinds(names: Mapping[str, str | Promise]) -> None:
    """Say what kinds of events are called."""
    _names.update(names)


def name_of(kind: str) -> str:
    """The name of a kind of event; the kind itself while nobody has named it."""
    return str(_names.get(kind, kind))


def all_names() -> dict[str, str]:
    """Every named kind, for filters."""
    return {kind: str(name) for kind, name in sorted(_names.items())}
