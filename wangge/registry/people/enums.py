"""Code lists of the register. Values are what the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.IntegerChoices):
    """Who said so; a larger number is trusted more (spec 5.2 point 5)."""

    IMPORT = 10, _("旧台账导入")
    EMPLOYER = 20, _("用人单位")
    SELF = 30, _("本人申报")
    VISIT = 40, _("网格员上门")
    CERTIFICATE = 50, _("证件核验")
    POLICE = 60, _("公安数据")


class TieKind(models.TextChoices):
    """How a person belongs to a place, an organisation or another person."""

    LIVES = "lives", _("居住")
    HUKOU = "hukou", _("户籍")
    OWNS = "owns", _("产权")
    RENTS = "rents", _("承租")
    WORKS = "works", _("就业")
    MEMBER = "member", _("成员")
    CARES = "cares", _("照护")


class PersonStatus(models.TextChoices):
    """Spec 5.3 ``status``."""

    ACTIVE = "active", _("在册")
    LEFT = "left", _("已离开")
    DEAD = "dead", _("已死亡")
    PENDING = "pending", _("待核实")
    MERGED = "merged", _("已合并")


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSTATED = "9", _("未说明")


class IdType(models.TextChoices):
    """GA/T 517 identity-document types; a test holds that the fact dictionary has the same list."""

    RESIDENT = "111", _("居民身份证")
    TEMPORARY = "112", _("临时居民身份证")
    HOUSEHOLD_REGISTER = "113", _("户口簿")
    PASSPORT = "414", _("普通护照")
    TAIWAN = "511", _("台湾居民来往大陆通行证")
    HK_MACAO = "516", _("港澳居民来往内地通行证")
    PERMANENT = "553", _("外国人永久居留身份证")
    HK_MACAO_PERMIT = "830", _("港澳居民居住证")
    TAIWAN_PERMIT = "831", _("台湾居民居住证")
    OTHER = "990", _("其他")


# Papers of people from abroad, Hong Kong, Macao and Taiwan; an index of the register speaks of them.
FROM_ABROAD = ("511", "516", "553", "830", "831")


class HouseholdKind(models.TextChoices):
    HUKOU = "hukou", _("户籍户")
    FLOATING = "floating", _("流动户")
    COLLECTIVE = "collective", _("集体户")


class RoomState(models.TextChoices):
    OWN = "own", _("自住")
    RENTED = "rented", _("出租")
    VACANT = "vacant", _("空置")
    LENT = "lent", _("出借")
    BUSINESS = "business", _("经营")
    OTHER = "other", _("其他")


class ContradictionState(models.TextChoices):
    OPEN = "open", _("待核实")
    TAKEN = "taken", _("采用新值")
    KEPT = "kept", _("保留原值")


class OrganisationStatus(models.TextChoices):
    """Spec 5.3: whether an organisation is at work."""

    OPEN = "open", _("开业")
    PAUSED = "paused", _("停业")
    CLOSED = "closed", _("注销")


class DiscrepancyState(models.TextChoices):
    """Where a record that contradicts itself stands. ``gone``: the record has changed and holds now."""

    OPEN = "open", _("待处理")
    REPAIRED = "repaired", _("已修复")
    DISMISSED = "dismissed", _("不是问题")
    GONE = "gone", _("已不存在")


class OrganisationCategory(models.TextChoices):
    """Spec 5.3."""

    FIRM = "firm", _("企业")
    SELF_EMPLOYED = "self", _("个体工商户")
    SOCIAL = "social", _("社会组织")
    PUBLIC = "public", _("机关事业单位")
    PLACE = "place", _("场所")
