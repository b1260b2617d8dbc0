"""Code lists of the field work. Values are what the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListKind(models.TextChoices):
    """三张清单 (S83)."""

    DAILY = "daily", _("日巡查")
    WEEKLY = "weekly", _("周探访")
    MONTHLY = "monthly", _("月摸排")


class DutyKind(models.TextChoices):
    """Why somebody is to go somewhere."""

    PATROL = "patrol", _("巡查")
    VISIT = "visit", _("探访")
    SCREENING = "screening", _("摸排")
    CAMPAIGN = "campaign", _("专项行动")
    CALL_BACK = "callback", _("再访")
    RECHECK = "recheck", _("复核")


class DutyState(models.TextChoices):
    OPEN = "open", _("待办")
    DONE = "done", _("已完成")
    MISSED = "missed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


class Outcome(models.TextChoices):
    """How one patrol item ends (spec 2.7)."""

    NORMAL = "normal", _("正常")
    FIXED = "fixed", _("现场处理")
    HAZARD = "hazard", _("登记隐患")
    EVENT = "event", _("上报事件")
    WHISTLE = "whistle", _("转吹哨")


ABNORMAL = frozenset({Outcome.FIXED, Outcome.HAZARD, Outcome.EVENT, Outcome.WHISTLE})


class VisitResult(models.TextChoices):
    """How a visit ended (spec 5.6). Nobody home does not cover the door."""

    DONE = "done", _("完成")
    PARTLY = "partly", _("部分完成")
    NOBODY = "nobody", _("无人（已留卡）")
    VACANT = "vacant", _("空置")
    REFUSED = "refused", _("拒访")
    WRONG = "wrong", _("地址不符")


# Spec 4.1 入户覆盖率: a door with one of these counts as covered.
COVERS = frozenset({VisitResult.DONE, VisitResult.VACANT, VisitResult.REFUSED})


class TargetState(models.TextChoices):
    """Where a campaign stands at one door."""

    OUTSTANDING = "open", _("未走访")
    DONE = "done", _("完成")
    PARTLY = "partly", _("部分完成")
    NOBODY = "nobody", _("无人（已留卡）")
    VACANT = "vacant", _("空置")
    REFUSED = "refused", _("拒访")
    WRONG = "wrong", _("地址不符")


class TargetKind(models.TextChoices):
    """What a campaign goes to."""

    ROOMS = "rooms", _("住户")
    ORGANISATIONS = "organisations", _("企业和场所")
    PEOPLE = "people", _("人员")

    @property
    def column(self) -> str:
        """What names such a door in targets, visits and duties."""
        return {"rooms": "room_id", "organisations": "organisation_id", "people": "person_id"}[self.value]


class CampaignKind(models.TextChoices):
    THREE_ASKS = "three_asks", _("三问一完善")
    SPECIAL = "special", _("专项行动")


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("未启动")
    RUNNING = "running", _("进行中")
    CLOSED = "closed", _("已结束")


class CareClass(models.TextChoices):
    """Welfare classes only (product decision 1); finer objects are rules of the district's data."""

    ELDERLY = "elderly", _("老年人")
    DISABLED = "disabled", _("残疾人")
    CHILD = "child", _("儿童")
    LOW_INCOME = "low_income", _("低收入家庭")
    OTHER = "other", _("其他困难")


class Level(models.TextChoices):
    """How often somebody is to be looked after (spec 2.7)."""

    RED = "red", _("红（高）")
    YELLOW = "yellow", _("黄（重点）")
    GREEN = "green", _("绿（一般）")


class Way(models.TextChoices):
    """How somebody was looked after (spec 2.7)."""

    DOOR = "door", _("上门")
    PHONE = "phone", _("电话")
    THIRD = "third", _("第三方")
    PAIRING = "pairing", _("结对")
    NEIGHBOUR = "neighbour", _("邻里")
    DEVICE = "device", _("智能预警")
    HOTLINE = "hotline", _("热线")


class CaptainFrom(models.TextChoices):
    """The four groups captains come from (spec 2.6)."""

    PARTY = "party", _("党员")
    RETIRED = "retired", _("机关企事业退休人员")
    PROPERTY = "property", _("物业人员")
    RESIDENT = "resident", _("热心居民")


class CallBackState(models.TextChoices):
    WAITING = "waiting", _("等待再访")
    ANSWERED = "answered", _("住户已约定")
    DONE = "done", _("已再访")
    LAPSED = "lapsed", _("已过期")
