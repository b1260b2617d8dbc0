"""The registry of the home page's cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.foundation.orders.queries import orders_waiting
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Case
from wangge.registry.ledgers.queries.waiting import imports_failed_lately, imports_waiting
from wangge.registry.linkage.queries.pairs import open_pairs
from wangge.registry.people.models import Contradiction
from wangge.registry.people.queries import discrepancies_open, stale_people
from wangge.registry.rights.queries.requests import requests_for_desk
from wangge.registry.tables.queries.admission import waiting_columns
from wangge.systems.declarations.queries.residence import overdue as residence_overdue
from wangge.systems.declarations.queries.worklist import Asked, declarations, overdue
from wangge.systems.disputes.queries.disputes import unhandled
from wangge.systems.education.queries.sessions import unconfirmed
from wangge.systems.exchange.queries.requests import waiting as shares_waiting
from wangge.systems.tours.queries.problems import listed as raised_on_tours
from wangge.systems.whistles.queries.alerts import newest_alerts
from wangge.systems.whistles.queries.whistles import far_calls


@dataclass(frozen=True)
class Tile:
    """One card: what is counted for whom, where the rows are; level waiting|alarm colours it."""

    label: str | Promise
    hint: str | Promise
    icon: str
    permission: str
    route: str
    rows: Callable[[], QuerySet]
    level: str = "waiting"
    query: str = ""


# The registry of tiles: a new app adds its lines here.
TILES = (
    Tile(
        _("超时未核实的报备"),
        _("先核实这些"),
        icon="clock-exclamation",
        permission="declaration.verify",
        route="declarations:list",
        rows=overdue,
        level="alarm",
        query="?view=overdue",
    ),
    Tile(
        _("待核实的报备"),
        _("按剩余时间排好了"),
        icon="checks",
        permission="declaration.verify",
        route="declarations:list",
        rows=lambda: declarations(Asked("open")),
        query="?view=open",
    ),
    Tile(
        _("粤居码超期"),
        _("到达已满法定工作日，还没有确认的码"),
        icon="user-check",
        permission="declaration.verify",
        route="declarations:residence",
        rows=residence_overdue,
        query="?view=overdue",
    ),
    Tile(
        _("待裁定"),
        _("可能是同一人，等您看一眼"),
        icon="git-compare",
        permission="person.merge",
        route="ledgers:adjudications",
        rows=lambda: Case.objects.filter(state=CaseState.OPEN),
    ),
    Tile(
        _("等人核对的同一人"),
        _("登记册里像是同一个人的两条记录"),
        icon="users-minus",
        permission="person.merge",
        route="linkage:list",
        rows=open_pairs,
    ),
    Tile(
        _("待确认的导入"),
        _("试算完成或有列要问"),
        icon="file-import",
        permission="ledger.import",
        route="ledgers:imports",
        rows=imports_waiting,
        query="?state=waiting",
    ),
    Tile(
        _("失败的导入"),
        _("最近 7 天"),
        icon="file-alert",
        permission="ledger.import",
        route="ledgers:imports",
        rows=imports_failed_lately,
        level="alarm",
        query="?state=failed_lately",
    ),
    Tile(
        _("待准入的列"),
        _("部门表里登记册不知道的列"),
        icon="rubber-stamp",
        permission="field.admit",
        route="tables:admissions",
        rows=waiting_columns,
    ),
    Tile(
        _("要处理的应急指令"),
        _("即将到期、待销毁，或销毁停了下来"),
        icon="urgent",
        permission="order.issue",
        route="orders:list",
        rows=orders_waiting,
        level="alarm",
        query="?view=waiting",
    ),
    Tile(
        _("办成待确认的交办"),
        _("单位已经反馈，等交办的人确认"),
        icon="map-pin",
        permission="decision.make",
        route="tours:log",
        rows=lambda: raised_on_tours("confirm"),
        query="?show=confirm",
    ),
    Tile(
        _("待审批的共享申请"),
        _("社区要用别的单位的名单核对，同意后才能比对"),
        icon="link",
        permission="ledger.export_unmasked",
        route="exchange:list",
        rows=shares_waiting,
        query="?show=asked",
    ),
    Tile(
        _("说法不一"),
        _("两个来源说得不一样"),
        icon="alert-triangle",
        permission="person.edit",
        route="people:contradictions",
        rows=lambda: Contradiction.objects.filter(state="open"),
    ),
    Tile(
        _("矛盾清单"),
        _("记录自相矛盾，有建议的改法"),
        icon="clipboard-check",
        permission="person.edit",
        route="people:discrepancies",
        rows=discrepancies_open,
    ),
    Tile(
        _("个人信息请求"),
        _("居民要求更正、删除或解释，限期答复"),
        icon="shield-lock",
        permission="rights.answer",
        route="rights:list",
        rows=lambda: requests_for_desk("open"),
    ),
    Tile(
        _("逾期的个人信息请求"),
        _("超过答复期限"),
        icon="clock-exclamation",
        permission="rights.answer",
        route="rights:list",
        rows=lambda: requests_for_desk("overdue"),
        level="alarm",
        query="?view=overdue",
    ),
    Tile(
        _("吹哨率预警"),
        _("上个月吹得偏多、偏少，或部门经常迟到"),
        icon="speakerphone",
        permission="campaign.manage",
        route="whistles:rates",
        rows=newest_alerts,
        level="alarm",
    ),
    Tile(
        _("到场离得远的单位"),
        _("报到的位置离现场远，请核实到了没有"),
        icon="map-pin",
        permission="campaign.manage",
        route="whistles:list",
        rows=far_calls,
        level="alarm",
        query="?show=far",
    ),
    Tile(
        _("久未核实的人"),
        _("超过 180 天没有确认"),
        icon="clock-exclamation",
        permission="person.edit",
        route="people:list",
        rows=stale_people,
        query="?stale=1",
    ),
    Tile(
        _("没有人承办的纠纷"),
        _("由自己承办，或指定承办人"),
        icon="scale",
        permission="unit.manage",
        route="disputes:list",
        rows=unhandled,
        query="?show=free",
    ),
    Tile(
        _("要补记的宣教活动"),
        _("日子过了三天，还没有记“已举办”"),
        icon="speakerphone",
        permission="campaign.manage",
        route="education:list",
        rows=unconfirmed,
        query="?state=due",
    ),
)
