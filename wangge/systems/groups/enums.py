"""Code lists of groups, and the states they may pass through, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupType(models.TextChoices):
    """Spec 2.1: the group type code list."""

    FIRM = "firm", _("企业")
    SHOP = "shop", _("个体工商户/商铺")
    SCHOOL = "school", _("学校/幼儿园")
    SITE = "site", _("工地")
    MARKET = "market", _("市场")
    RENTAL = "rental", _("出租屋/公寓")
    CARE = "care", _("养老/福利机构")
    MEDICAL = "medical", _("医疗机构")
    RELIGIOUS = "religious", _("宗教场所")
    OFFICE = "office", _("机关事业单位")
    SOCIAL = "social", _("社会组织")
    ESTATE = "estate", _("小区/楼栋")
    EVENT = "event", _("临时活动")
    OTHER = "other", _("其他")


# Whose members may be staff, so that the register learns where they work. 宗教场所 is left out: who goes to
# one is nobody's list (product decision 1).
EMPLOYS = frozenset(
    {
        GroupType.FIRM,
        GroupType.SHOP,
        GroupType.SCHOOL,
        GroupType.SITE,
        GroupType.MARKET,
        GroupType.CARE,
        GroupType.MEDICAL,
        GroupType.OFFICE,
        GroupType.SOCIAL,
    }
)


class GroupState(models.TextChoices):
    """Spec 2.1: draft → active → dissolve_requested → dissolved."""

    DRAFT = "draft", _("待管理员启用")
    ACTIVE = "active", _("使用中")
    DISSOLVE_REQUESTED = "dissolving", _("正在解散")
    DISSOLVED = "dissolved", _("已解散")


# from → where it may go. A request to dissolve may be taken back until it is carried out.
TRANSITIONS: dict[str, frozenset[str]] = {
    GroupState.DRAFT: frozenset({GroupState.ACTIVE, GroupState.DISSOLVED}),
    GroupState.ACTIVE: frozenset({GroupState.DISSOLVE_REQUESTED}),
    GroupState.DISSOLVE_REQUESTED: frozenset({GroupState.ACTIVE, GroupState.DISSOLVED}),
    GroupState.DISSOLVED: frozenset(),
}


class Role(models.TextChoices):
    CREATOR = "creator", _("创建人")
    ADMIN = "admin", _("管理员")
    MEMBER = "member", _("成员")


MANAGES = (Role.CREATOR, Role.ADMIN)


class MemberState(models.TextChoices):
    ACTIVE = "active", _("在团体中")
    LEAVE_APPLIED = "leaving", _("申请退出")
    LEFT = "left", _("已退出")
    REMOVED = "removed", _("已移出")


PRESENT = (MemberState.ACTIVE, MemberState.LEAVE_APPLIED)


class Matching(models.TextChoices):
    """Where a member stands with the register."""

    NONE = "none", _("不与登记册对应")
    WAITING = "waiting", _("等待对应")
    ASK = "ask", _("请社区核对是谁")
    DONE = "done", _("已对应登记册")


class RuleTest(models.TextChoices):
    """How a value of an order's field is judged."""

    IS = "is", _("等于")
    WITHIN_HOURS = "within", _("在多少小时之内")
    AT_MOST = "most", _("不超过")
    AT_LEAST = "least", _("不低于")


DEMANDS = {
    RuleTest.IS: _("%(field)s：%(value)s"),
    RuleTest.WITHIN_HOURS: _("%(field)s：在 %(value)s 小时之内"),
    RuleTest.AT_MOST: _("%(field)s：不超过 %(value)s"),
    RuleTest.AT_LEAST: _("%(field)s：不低于 %(value)s"),
}
YES_NO = {"yes": _("是"), "no": _("否")}

MOST_MEMBERS = 500  # creator, admins and members together
MOST_ADMINS = 5
