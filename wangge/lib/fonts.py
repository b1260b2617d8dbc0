"""A font with Chinese characters, which typst does not bring along."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext as _

# In the order of preference: free ones first, then what Windows and macOS bring.
FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "HarmonyOS Sans SC",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "SimHei", "Noto Serif CJK SC", "Source Han Serif SC", "LXGW WenKai",
)  # fmt: skip


class NoFont(Exception):
    """No font with Chinese characters on this machine; the text says what to install."""


def folder() -> Path:
    """Where an installation may put a font file of its own."""
    return Path(settings.HOME) / "fonts"


@lru_cache(maxsize=2)
def fonts() -> typst.Fonts:
    """The fonts of this machine; looked for once per process."""
    own = [str(folder())] if folder().is_dir() else []
    return typst.Fonts(include_system_fonts=True, font_paths=own)


def chinese_family() -> str:
    """The family that pages are set in.

    Raises:
        NoFont: none is there.
    """
    held = set(fonts().families())
    for family in FAMILIES:
        if family in held:
            return family
    fonts.cache_clear()  # it may be installed without a restart
    raise NoFont(
        _(
            "服务器上没有中文字体，PDF 无法排版。请管理员运行 apt-get install fonts-noto-cjk，"
            "或把一个中文字体文件（.otf、.ttf、.ttc）放进 %(folder)s，然后重试。"
        )
        % {"folder": folder()}
    )
