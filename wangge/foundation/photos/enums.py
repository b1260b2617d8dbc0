"""Why a photo will never be complete, in words for whoever took it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refused(models.TextChoices):
    """The first four are what ``lib.pictures`` finds."""

    IMAGE = "image", _("这个文件不是照片，请重新拍一张")
    KIND = "kind", _("照片格式不支持，请用 JPEG、PNG 或 WebP 重新拍")
    PIXELS = "pixels", _("照片像素太大，请把相机分辨率调低后重拍")
    CUT = "cut", _("照片文件已损坏，请重新拍一张")
    EMPTY = "empty", _("照片是空文件，请重新拍一张")
    HASH = "hash", _("照片传了几次都与拍时不一致，请重新拍一张")
    LARGE = "large", _("照片太大（超过 12 MB），请把相机分辨率调低后重拍")
