"""Words of publicity and education that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """From plan to held, or called off."""

    PLANNED = "planned", _("计划中")
    HELD = "held", _("已举办")
    CANCELLED = "cancelled", _("已取消")


class Way(models.TextChoices):
    """In which form people are told."""

    TALK = "talk", _("讲座")
    DOORS = "doors", _("入户")
    DRILL = "drill", _("演练")
    BOARD = "board", _("展板")
    ONLINE = "online", _("线上")


class Audience(models.TextChoices):
    """Whom it is for."""

    EVERYBODY = "everybody", _("居民")
    OLD = "old", _("老年人")
    CHILDREN = "children", _("儿童和家长")
    TENANTS = "tenants", _("租户和流动人口")
    FIRMS = "firms", _("企业和商铺")
    WORKERS = "workers", _("网格员和志愿者")


class MaterialKind(models.TextChoices):
    """What a material is."""

    LEAFLET = "leaflet", _("折页、传单")
    POSTER = "poster", _("海报、展板")
    VIDEO = "video", _("视频（网址）")
    PDF = "pdf", _("PDF 文件")
