"""A text of the dictionary in both languages of the interface."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


def english() -> bool:
    """Whether the page in hand is shown in English."""
    return (get_language() or "").startswith("en")


@dataclass(frozen=True)
class Said:
    """``zh`` is what exports, templates and the command line write; as a string it is the page's language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if self.en and english() else self.zh
