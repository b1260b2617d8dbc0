"""What sessions are about: the district's list, or the one shipped as 示例."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.territory.queries import note_of, setting

KEY = "education.topics"  # of the district's settings: key → name
SHIPPED: dict[str, str | Promise] = {
    "fire": gettext_lazy("消防"),
    "gas": gettext_lazy("燃气"),
    "drowning": gettext_lazy("防溺水"),
    "fraud": gettext_lazy("反诈"),
    "traffic": gettext_lazy("交通"),
    "electricity": gettext_lazy("用电"),
    "other": gettext_lazy("其他"),
}
LONGEST = 20  # characters of a key


def topics() -> dict[str, str]:
    """The topics that may be chosen, by key."""
    own = setting(KEY)
    if isinstance(own, dict) and own:
        return {str(key)[:LONGEST]: str(name) for key, name in own.items()}
    return {key: str(name) for key, name in SHIPPED.items()}


def topic_name(key: str) -> str:
    """How a topic is called; one that is no longer on the list keeps the shipped name, else its key."""
    return topics().get(key) or str(SHIPPED.get(key, key))


def topics_note() -> str:
    """示例 where the list is not official."""
    return note_of(KEY) if setting(KEY) else _("示例")
