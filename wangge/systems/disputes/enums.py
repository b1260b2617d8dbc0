"""Words of disputes that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SYSTEM = "dispute"


class Kind(models.TextChoices):
    """What it is about (spec 3.4)."""

    FAMILY = "family", _("婚姻家庭")
    NEIGHBOURS = "neighbours", _("邻里关系")
    ESTATE = "estate", _("物业")
    LABOUR = "labour", _("劳资")
    LAND = "land", _("宅基地和土地")
    DAMAGE = "damage", _("损害赔偿")
    CONTRACT = "contract", _("合同和消费")
    OTHER = "other", _("其他")


class Way(models.TextChoices):
    """How it is settled."""

    PEOPLE = "people", _("人民调解")
    OFFICE = "office", _("行政调解")
    TRADE = "trade", _("行业性、专业性调解")
    ON_SITE = "on_site", _("现场劝和")


class Side(models.TextChoices):
    """Where a party stands."""

    APPLICANT = "applicant", _("申请人")
    RESPONDENT = "respondent", _("被申请人")
    OTHER = "other", _("其他当事人")


class Who(models.TextChoices):
    """What a party is."""

    PERSON = "person", _("个人")
    FIRM = "firm", _("单位")


class How(models.TextChoices):
    """How somebody came to handle a dispute."""

    OPENED = "opened", _("登记并承办")
    TOOK = "took", _("自己承办")
    APPOINTED = "appointed", _("指定承办")


class Result(models.TextChoices):
    """Where a session of mediation got to."""

    NEARER = "nearer", _("愿意达成协议")
    GOES_ON = "goes_on", _("还要再谈")
    APART = "apart", _("分歧大，谈不拢")


class By(models.TextChoices):
    """How it was followed up."""

    VISIT = "visit", _("上门")
    PHONE = "phone", _("电话")
    OFFICE = "office", _("来访")


class Opinion(models.IntegerChoices):
    """What the parties said of how it was settled."""

    CONTENT = 3, _("满意")
    RATHER = 2, _("基本满意")
    NOT = 1, _("不满意")
