"""Posters as PDF: the QR drawn by segno, the page set by typst from ``poster.typ``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from wangge.lib.codes import qr_of, spaced
from wangge.lib.fonts import NoFont as NoFont
from wangge.lib.fonts import chinese_family, fonts

TEMPLATE = Path(__file__).with_name("poster.typ")


@dataclass(frozen=True)
class Poster:
    """What stands on one page: names of the areas above, the place, the address in the QR, the number."""

    path: str
    label: str
    address: str
    number: str
    ends: str


def pdf_of(
    posters: Sequence[Poster],
    *,
    paper: str,
    typed_at: str,
    drawn: Callable[[int], None] = lambda _count: None,
) -> bytes:
    """The posters, one a page.

    Args:
        paper: "a4" or "a5". typed_at: the address where the number is typed. drawn: told how many QR codes
            are drawn, every hundred.

    Raises:
        NoFont: there is no font with Chinese characters; says what to install.
    """
    family = chinese_family()
    pages = []
    for at, poster in enumerate(posters, start=1):
        pages.append(asdict(poster) | {"qr": qr_of(poster.address), "number": spaced(poster.number)})
        if at % 100 == 0:
            drawn(at)
    given = {
        "paper": paper, "family": family, "title": _("报备码海报"), "address": typed_at, "posters": pages,
        "words": _words(),
    }  # fmt: skip
    made = typst.compile(
        str(TEMPLATE), format="pdf", font_paths=fonts(), sys_inputs={"given": json.dumps(given)}
    )
    assert isinstance(made, bytes)
    return made


@translation.override("zh-hans")  # whoever prints it, it hangs where people read Chinese
def _words() -> dict[str, object]:
    return {
        "heading": _("扫码报备"),
        "typed": _("扫不了码？用手机浏览器打开下面的网址，输入号码"),
        "steps": [
            _("用手机相机或微信扫一扫"),
            _("填写谁来、什么时候到、住哪里，约 30 秒"),
            _("保存回执；社区会与您联系核实"),
        ],
        "purpose": _(
            "来江、返江、离江、到访、举家外出、临时入住，请在这里报备。可以替老人和没有手机的人填。"
            "信息只用于社区核实和上门服务，到期删除。不收费，不用下载软件，不会问银行卡和密码。"
        ),
    }
