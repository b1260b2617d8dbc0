"""Roles and how they stand to each other."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RESIDENT = "resident", _("居民")
    VOLUNTEER = "volunteer", _("志愿者")
    GROUP_ADMIN = "group_admin", _("团体管理员")
    GRID_WORKER = "grid_worker", _("网格员")
    CAPTAIN = "captain", _("楼长")
    COMMUNITY_SECRETARY = "community_secretary", _("社区书记")
    STREET_OFFICER = "street_officer", _("镇街干部")
    DEPARTMENT = "department", _("区直部门")
    DISTRICT_CENTRE = "district_centre", _("区级中心")
    LEADER = "leader", _("领导")
    HR = "hr", _("人事")
    DEPUTY = "deputy", _("代表委员")
    TRAINER = "trainer", _("培训讲师")
    TALENT_OFFICER = "talent_officer", _("人才专员")
    AUDITOR = "auditor", _("审计管理员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")


ADMINS = frozenset({Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})

# Delegation goes down only: a holder gives roles whose rank is below the own one.
RANK: dict[str, int] = {
    Role.RESIDENT: 0,
    Role.VOLUNTEER: 10,
    Role.GROUP_ADMIN: 10,
    Role.CAPTAIN: 20,
    Role.GRID_WORKER: 25,
    Role.COMMUNITY_SECRETARY: 40,
    Role.DEPUTY: 45,
    Role.TRAINER: 45,
    Role.TALENT_OFFICER: 45,
    Role.STREET_OFFICER: 60,
    Role.HR: 70,
    Role.DEPARTMENT: 70,
    Role.DISTRICT_CENTRE: 80,
    Role.LEADER: 90,
    Role.AUDITOR: 100,
    Role.SYSTEM_ADMIN: 100,
    Role.SECURITY_ADMIN: 100,
}

PERMISSIONS: dict[str, str | Promise] = {
    "area.view": _("查看辖区"),
    "area.divide": _("调整网格"),
    "person.view": _("查看人员"),
    "person.edit": _("登记和修改人员"),
    "person.reveal": _("查看完整证件号、电话"),
    "person.merge": _("合并人员"),
    "ledger.view": _("查看台账"),
    "ledger.import": _("导入台账"),
    "ledger.export": _("导出台账"),
    "ledger.export_unmasked": _("导出未遮盖的台账"),
    "organisation.view": _("查看单位"),
    "organisation.edit": _("登记和修改单位"),
    "user.view": _("查看用户"),
    "user.manage": _("管理用户"),
    "grant.give": _("授权"),
    "journal.view": _("查看留痕"),
    "standard.publish": _("发布标准台账"),
    "field.admit": _("准入新字段"),
    "link.tune": _("设定自动合并的阈值"),
    "settings.manage": _("系统设置"),
    "declaration.view": _("查看报备"),
    "declaration.verify": _("核实报备"),
    "code.manage": _("制发报备码"),
    "group.view": _("查看团体码"),
    "group.manage": _("管理团体码"),
    "order.view": _("查看应急指令"),
    "order.issue": _("启动和关闭应急指令"),
    "rights.answer": _("答复个人信息请求"),
    "client.manage": _("管理接口客户端"),
    "form.manage": _("制作和发布表单"),
    "duty.do": _("巡查、走访和上报"),
    "duty.view": _("查看任务和走访"),
    "scene.edit": _("修改场景和频次"),
    "campaign.manage": _("管理行动"),
    "care.manage": _("管理关爱对象和结对"),
    "case.view": _("查看事项"),
    "case.open": _("登记事项"),
    "unit.manage": _("管理处置单位和值班"),
    "decision.make": _("现场交办"),
}

_LOOK = frozenset({"area.view", "person.view", "organisation.view"})
_FIELD = _LOOK | {
    "person.edit",
    "person.reveal",
    "ledger.view",
    "organisation.edit",
    "declaration.view",
    "declaration.verify",
    "group.view",
    "order.view",
    "duty.do",
    "duty.view",
    "case.view",
    "case.open",
}
_OFFICE = _FIELD | {
    "person.merge",
    "ledger.import",
    "ledger.export",
    "user.view",
    "user.manage",
    "grant.give",
    "journal.view",
    "code.manage",
    "form.manage",
    "group.manage",
    "rights.answer",
    "campaign.manage",
    "care.manage",
    "unit.manage",
}
# Spec 3.8 "Roles": least privilege. The system admin sees no persons, the leader aggregates only.
MAY: dict[str, frozenset[str]] = {
    Role.RESIDENT: frozenset(),
    Role.VOLUNTEER: frozenset(),
    Role.GROUP_ADMIN: frozenset(),
    Role.CAPTAIN: _LOOK - {"organisation.view"},
    Role.GRID_WORKER: _FIELD,
    Role.COMMUNITY_SECRETARY: _OFFICE,
    Role.STREET_OFFICER: _OFFICE | {"ledger.export_unmasked", "decision.make"},
    Role.DEPARTMENT: frozenset(
        {"area.view", "organisation.view", "ledger.view", "ledger.export", "case.view", "case.open"}
    ),
    Role.DISTRICT_CENTRE: _OFFICE
    | {
        "ledger.export_unmasked",
        "area.divide",
        "standard.publish",
        "field.admit",
        "link.tune",
        "order.issue",
        "scene.edit",
        "decision.make",
    },
    Role.LEADER: frozenset({"area.view", "decision.make"}),
    Role.HR: frozenset({"area.view", "user.view"}),
    Role.DEPUTY: frozenset({"area.view"}),
    Role.TRAINER: frozenset({"area.view"}),
    Role.TALENT_OFFICER: frozenset({"area.view", "organisation.view"}),
    Role.AUDITOR: frozenset({"area.view", "user.view", "journal.view"}),
    Role.SYSTEM_ADMIN: frozenset({"area.view", "area.divide", "settings.manage", "client.manage"}),
    Role.SECURITY_ADMIN: frozenset({"area.view", "user.view", "user.manage", "grant.give"}),
}


class What(models.TextChoices):
    """How a person's data was read."""

    VIEW = "view", _("查看")
    REVEAL = "reveal", _("查看完整信息")
    EXPORT = "export", _("导出")
    SEARCH = "search", _("搜索")
