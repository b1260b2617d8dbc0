"""What incidents and requests are about: the classes of spec 3.4, but for disputes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT, REQUEST = "event", "request"
SYSTEMS: dict[str, str | Promise] = {EVENT: _("事件"), REQUEST: _("诉求")}
PROCEDURES = {EVENT: "incident", REQUEST: "request"}
KINDS: dict[str, str | Promise] = {
    "city": _("城市管理"),
    "environment": _("生态环境"),
    "livelihood": _("民生服务"),
    "estate": _("物业"),
    "fire": _("火情"),
    "casualty": _("人员伤亡"),
    "safety_fire": _("公共安全：消防"),
    "safety_gas": _("公共安全：燃气"),
    "safety_house": _("公共安全：房屋"),
    "safety_traffic": _("公共安全：交通"),
    "safety_water": _("公共安全：防溺水"),
    "order": _("治安"),
    "health": _("卫生防疫"),
    "market": _("市场和食品"),
    "wages": _("劳资"),
    "school": _("校园"),
    "special": _("特殊人群"),
    "other": _("其他"),
}
URGENT_KINDS = frozenset({"fire", "casualty"})  # S43: life and property
URGENT = {EVENT: "urgent", REQUEST: "accident"}  # the level of each procedure that says so
NOT_ON_A_MAP = frozenset({"special", "casualty", "order", "wages"})  # one dot could point to somebody


def level_for(system: str, kind: str, level: str = "") -> str:
    """The level a matter opens with: where life is in danger the highest, else as told ("" is the usual)."""
    return URGENT[system] if kind in URGENT_KINDS else level
