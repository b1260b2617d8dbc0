"""What an emergency order can be, what it can switch on, and where its closing stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Why there is an order. The machine is the same for all of them (spec 3.8)."""

    EPIDEMIC = "epidemic", _("疫情")
    TYPHOON = "typhoon", _("台风")
    FLOOD = "flood", _("洪涝")
    HEAT = "heat", _("高温")
    RETURNEES = "returnees", _("返乡返岗")
    OTHER = "other", _("其他")


class State(models.TextChoices):
    """draft → active → frozen → erased. ``frozen``: nothing can be written, the erasure is under way."""

    DRAFT = "draft", _("草稿")
    ACTIVE = "active", _("已启动")
    FROZEN = "frozen", _("已冻结，正在销毁")
    ERASED = "erased", _("已销毁")


class Function(models.TextChoices):
    """What an order may put fields into."""

    DECLARATION = "declaration", _("报备")
    GROUP = "group", _("团体码")


class FieldKind(models.TextChoices):
    """What a field takes."""

    TEXT = "text", _("文字")
    CHOICE = "choice", _("单选")
    DATE = "date", _("日期")
    NUMBER = "number", _("数字")
    YES_NO = "yes_no", _("是否")


class FileKind(models.TextChoices):
    """Why a file exists under an order."""

    UPLOAD = "upload", _("上传的文件")
    EXPORT = "export", _("导出的文件")


class Step(models.TextChoices):
    """What a closing does next; the order of the lines is the order of the work."""

    FREEZE = "freeze", _("冻结")
    SUMMARISE = "summarise", _("清点汇总")
    ERASE = "erase", _("删除数据和密钥")
    FILES = "files", _("删除文件")
    SCRUB = "scrub", _("清除残留")
    VERIFY = "verify", _("核验")
    CERTIFY = "certify", _("出具销毁证明")
    DONE = "done", _("完成")


class Problem(models.TextChoices):
    """Why a closing stands still."""

    BUSY = "busy", _("数据库正被别的进程占用，稍后自动再试")
    FOUND = "found", _("核验时仍找到数据")
    BROKEN = "broken", _("这一步出错，稍后自动再试")
