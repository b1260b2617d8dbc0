"""The menus. An item is shown to whom its permission allows, and only when its address exists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.foundation.access import queries as access
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within


@dataclass(frozen=True)
class MenuItem:
    """One line of a menu: url name, icon, label, permission ("" = everybody; of several one is enough), key
    after "g"."""

    route: str
    icon: str
    label: str | Promise
    permission: str = ""
    key: str = ""
    address: str = ""
    current: bool = False


@dataclass(frozen=True)
class MenuGroup:
    """Items under one small heading."""

    label: str | Promise
    items: tuple[MenuItem, ...]


MENU = (
    MenuGroup("", (MenuItem("home", "home", _("首页"), key="h"),)),
    MenuGroup(
        _("登记册"),
        (
            MenuItem("people:list", "users", _("人员"), "person.view", "p"),
            MenuItem("people:households", "users-group", _("户"), "person.view"),
            MenuItem("people:buildings", "building", _("楼栋与房屋"), "person.view", "b"),
            MenuItem("people:estates", "building-community", _("住宅小区"), "person.view"),
            MenuItem("people:organisations", "building-store", _("企业与单位"), "organisation.view", "o"),
            MenuItem("people:contradictions", "alert-triangle", _("说法不一"), "person.edit"),
            MenuItem("people:discrepancies", "clipboard-check", _("矛盾清单"), "person.edit"),
            MenuItem("rights:list", "shield-lock", _("个人信息请求"), "rights.answer"),
        ),
    ),
    MenuGroup(
        _("码与报备"),
        (
            MenuItem("declarations:list", "checks", _("报备核实"), "declaration.view", "d"),
            MenuItem("declarations:residence", "user-check", _("粤居码"), "declaration.view"),
            MenuItem("declarations:codes", "qrcode", _("报备码"), "code.manage"),
            MenuItem("groups:list", "users-plus", _("团体码"), "group.view"),
            MenuItem("fieldcodes:scan", "device-mobile", _("扫码查验"), "declaration.view"),
        ),
    ),
    MenuGroup(
        _("台账"),
        (
            MenuItem("ledgers:list", "table", _("四类台账"), "ledger.view", "l"),
            MenuItem("ledgers:imports", "file-import", _("导入表格"), "ledger.import", "i"),
            MenuItem("tables:list", "table-export", _("部门报表"), "ledger.export", "r"),
            MenuItem("tables:admissions", "rubber-stamp", _("准入"), "field.admit"),
            MenuItem("tables:burden", "calculator", _("减负表"), "area.view"),
            MenuItem("ledgers:adjudications", "git-compare", _("比对裁定"), "person.merge", "c"),
            MenuItem("ledgers:changes", "calendar-stats", _("行动前后对比"), "ledger.view"),
            MenuItem("linkage:list", "users-minus", _("同一人核对"), "person.merge"),
            MenuItem("exchange:list", "link", _("数据共享台账"), "ledger.view"),
            MenuItem("ledgers:standards", "checkup-list", _("标准台账"), "ledger.view"),
            MenuItem("ledgers:dictionary", "book-2", _("事实字典"), "ledger.view"),
        ),
    ),
    MenuGroup(
        _("事项"),
        (
            MenuItem("insight:board", "chart-bar", _("看板"), "area.view", "s"),
            MenuItem("cases:workbench", "inbox", _("工作台"), "case.view", "k"),
            MenuItem("cases:map", "map-pin", _("事项地图"), "case.view"),
            MenuItem("incidents:list", "message-report", _("事件和诉求"), "case.view"),
            MenuItem("incidents:hotline", "phone-incoming", _("12345 工单"), "ledger.import"),
            MenuItem("hazards:list", "alert-triangle", _("隐患"), "case.view"),
            MenuItem("hazards:places", "clipboard-check", _("隐患检查"), "case.open"),
            MenuItem("hazards:drives", "flag", _("专项行动"), "case.view"),
            MenuItem("hazards:firms", "building-store", _("企业自查"), "case.view"),
            MenuItem("hazards:rates", "calculator", _("隐患指标"), "area.view"),
            MenuItem("tours:list", "map-pin", _("调研督导"), "decision.make campaign.manage", "n"),
            MenuItem("disputes:list", "scale", _("矛盾调解"), "case.view"),
            MenuItem("disputes:log", "calendar-stats", _("调解月志"), "case.view"),
            MenuItem("disputes:rates", "calculator", _("调解指标"), "area.view"),
            MenuItem("whistles:list", "speakerphone", _("吹哨报到"), "case.view"),
            MenuItem("whistles:departments", "star", _("部门报到评价"), "area.view"),
            MenuItem("whistles:rates", "calculator", _("吹哨率"), "area.view"),
            MenuItem("cases:units", "building-community", _("处置单位"), "unit.manage"),
            MenuItem("cases:procedures", "sitemap", _("规程"), "case.view settings.manage"),
        ),
    ),
    MenuGroup(
        _("走访"),
        (
            MenuItem("duties:board", "list-check", _("任务"), "duty.view", "w"),
            MenuItem("duties:findings", "alert-circle", _("发现问题"), "duty.view"),
            MenuItem("duties:scenes", "books", _("场景库"), "duty.view"),
            MenuItem("forms:list", "forms", _("表单"), "form.manage"),
            MenuItem("forms:devices", "device-mobile", _("填表手机"), "form.manage"),
            MenuItem("campaigns:list", "flag", _("行动"), "duty.view"),
            MenuItem("campaigns:gaps", "list-search", _("查漏"), "duty.view"),
            MenuItem("campaigns:coverage", "shield-check", _("覆盖率"), "duty.view"),
            MenuItem("visits:list", "door-enter", _("走访记录"), "duty.view", "v"),
            MenuItem("visits:search", "home-search", _("找一户"), "duty.view"),
            MenuItem("visits:odds", "arrows-diff", _("两次走访不一致"), "duty.view"),
            MenuItem("visits:care", "heart-handshake", _("关爱对象"), "duty.do"),
            MenuItem("visits:pairing", "link", _("一对一结对"), "care.manage"),
            MenuItem("visits:captains", "user-star", _("志愿楼长"), "duty.view"),
            MenuItem("visits:commuters", "train", _("跨城通勤"), "duty.view"),
            MenuItem("education:list", "speakerphone", _("宣传教育"), "duty.view"),
            MenuItem("education:figures", "calculator", _("宣教统计"), "area.view"),
            MenuItem("phones:list", "refresh", _("手机同步"), "duty.view"),
        ),
    ),
    MenuGroup(
        _("区域"),
        (
            MenuItem("territory:areas", "hierarchy", _("区域树"), "area.view", "a"),
            MenuItem("territory:map", "map-2", _("网格地图"), "area.view", "m"),
        ),
    ),
    MenuGroup(_("应急"), (MenuItem("orders:list", "urgent", _("应急指令"), "order.view", "e"),)),
    MenuGroup(
        _("管理"),
        (
            MenuItem("access:users", "user-shield", _("用户与授权"), "user.view", "u"),
            MenuItem("journal:entries", "history", _("操作留痕"), "journal.view", "t"),
            MenuItem("clients:list", "plug", _("接口客户端"), "client.manage"),
        ),
    ),
)
USER_MENU = (
    MenuItem("access:account", "user", _("我的账号与安全")),
    MenuItem("access:sessions", "devices", _("登录设备")),
)
MENUS = {"side": tuple(item for group in MENU for item in group.items), "user": USER_MENU}


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _contains(item: MenuItem, path: str) -> bool:
    return path == item.address or (item.route != "home" and path.startswith(item.address))


def _may(user: Any, permission: str) -> bool:
    return not permission or any(access.may(user, name) for name in permission.split())


def _visible(menu: str, request: HttpRequest) -> list[MenuItem]:
    user: Any = request.user
    placed = _placed(menu, settings.ROOT_URLCONF)
    allowed = [item for item in placed if item.address and _may(user, item.permission)]
    here = max((item.address for item in allowed if _contains(item, request.path)), key=len, default="")
    return [replace(item, current=True) if item.address == here else item for item in allowed]


@lru_cache(maxsize=8)
def _placed(menu: str, urlconf: str) -> list[MenuItem]:
    """Addresses do not change while the server runs."""
    return [replace(item, address=_address(item.route)) for item in MENUS[menu]]


def menu_for(request: HttpRequest) -> list[MenuGroup]:
    """The side bar of the signed-in user; groups without an item left are left out."""
    flat = _visible("side", request)
    routes = {item.route: item for item in flat}
    groups = (
        MenuGroup(group.label, tuple(routes[item.route] for item in group.items if item.route in routes))
        for group in MENU
    )
    return [group for group in groups if group.items]


def user_menu_for(request: HttpRequest) -> list[MenuItem]:
    """The lines of the menu under the user's name."""
    return _visible("user", request)


def roles_of(user: Any) -> list[str]:
    """The user's roles with their areas, as shown under the name ("社区书记 · 胜利社区")."""
    grants = access.grants_of(user)
    with within(EVERYWHERE):  # the name of one's own area is no secret, also after it was closed
        names = dict(
            Area.objects.filter(code__in={grant.area_code for grant in grants}).values_list("code", "name")
        )
    return [f"{grant.get_role_display()} · {names.get(grant.area_code, grant.area_code)}" for grant in grants]
