"""What somebody may ask about her own data, and on what ground it may be refused (PIPL 44-50)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CORRECT = "correct", _("更正或补充")
    ERASE = "erase", _("删除")
    EXPLAIN = "explain", _("解释处理规则")
    IDENTITY = "identity", _("请社区核对身份后办理")


class State(models.TextChoices):
    OPEN = "open", _("待答复")
    GRANTED = "granted", _("已办理")
    PARTLY = "partly", _("部分办理")
    REFUSED = "refused", _("不予办理")
    WITHDRAWN = "withdrawn", _("本人撤回")


class Ground(models.TextChoices):
    """Legal grounds of a refusal; a refusal without one of them is not possible."""

    DUTY = "duty", _("履行法定职责所必需（个人信息保护法第十三条、第三十四条）")
    RETENTION = "retention", _("法律、行政法规规定的保存期限未满（第四十七条第二款）")
    TECHNICAL = "technical", _("技术上难以删除，已停止除存储和安全保护以外的处理（第四十七条第二款）")
    ACCURATE = "accurate", _("经核实，登记的信息准确（第四十六条）")
    NOT_HELD = "not_held", _("没有处理这项信息")
    SECRECY = "secrecy", _("法律规定应当保密，或告知将妨碍履行法定职责（第十八条、第三十五条）")
    IDENTITY = "identity", _("无法核实申请人的身份或代理权（第五十条）")


# What a request may ask to correct, typed as text; the id number only with the paper, at the community.
CORRECTABLE = (
    "name", "phone", "phone2", "birth", "former_name", "hukou_address", "school", "guardian",
    "emergency_contact",
)  # fmt: skip
# What the register keeps by duty while the person is on it; setting rights.must_keep, a product default.
MUST_KEEP = (
    "name", "id_type", "id_no", "sex", "birth", "nationality", "hukou_region", "hukou_address",
    "hukou_nature",
)  # fmt: skip
