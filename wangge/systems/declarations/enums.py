"""The words of reporting-in (spec 2.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a report code hangs on (spec 2.2)."""

    COMMUNITY = "community", _("村（社区）")
    GRID = "grid", _("网格")
    BUILDING = "building", _("楼栋")
    FIRM = "firm", _("企业商户")
    RENTAL = "rental", _("出租屋")
    HOTEL = "hotel", _("旅馆")
    CHECKPOINT = "checkpoint", _("卡口")
    ENTRANCE = "entrance", _("村口")


class Kind(models.TextChoices):
    """Why somebody reports in."""

    COMING = "coming", _("来江")
    RETURNING = "returning", _("返江")
    LEAVING = "leaving", _("离江")
    VISITING = "visiting", _("到访")
    FAMILY_OUT = "family_out", _("举家外出")
    STAYING = "staying", _("临时入住")


class Transport(models.TextChoices):
    CAR = "car", _("自驾")
    TRAIN = "train", _("火车")
    PLANE = "plane", _("飞机")
    COACH = "coach", _("客车")
    SHIP = "ship", _("船")
    OTHER = "other", _("其他")


class ReportedBy(models.TextChoices):
    SELF = "self", _("本人")
    RELATIVE = "relative", _("亲属")
    WORKER = "worker", _("网格员")
    EMPLOYER = "employer", _("用人单位")
    LANDLORD = "landlord", _("房东或旅馆")


class Channel(models.TextChoices):
    SCAN = "scan", _("扫码")
    WEB = "web", _("网页")
    CONSOLE = "console", _("工作人员代填")
    API = "api", _("接口")


class State(models.TextChoices):
    """Where a declaration stands (spec 2.2, "Status")."""

    SUBMITTED = "submitted", _("已提交")
    TO_VERIFY = "to_verify", _("待核实")
    VERIFIED = "verified", _("已核实")
    WRONG = "wrong", _("信息有误")
    NOT_FOUND = "not_found", _("查无此人")
    TRANSFERRED = "transferred", _("非本辖区，已转办")
    WITHDRAWN = "withdrawn", _("本人撤回")
    ENDED = "ended", _("已解除")
    ARCHIVED = "archived", _("已归档")


class Matched(models.TextChoices):
    """What matching against the register found."""

    WAITING = "waiting", _("等待比对")
    FOUND = "found", _("登记册中有此人")
    ASK = "ask", _("可能是登记册中的人")
    NEW = "new", _("登记册中没有")


class AddressSays(models.TextChoices):
    """How the declared address stands to the register."""

    UNKNOWN = "unknown", _("未比对")
    SAME = "same", _("与登记一致")
    DIFFERS = "differs", _("与登记不同，待确认变更")
    NO_ROOM = "no_room", _("地址对不上登记的房屋")
    CONFIRMED = "confirmed", _("已按申报更新住址")
    KEPT = "kept", _("住址维持原登记")


class Clock(models.TextChoices):
    """Which time limit runs."""

    VERIFY = "verify", _("核实时限")
    TRANSFER = "transfer", _("转办时限")


class Verb(models.TextChoices):
    """What may happen to a declaration; where it leads stands in ``rules.states.LEADS``."""

    MATCH = "match", _("比对")
    VERIFY = "verify", _("核实")
    WRONG = "wrong", _("信息有误")
    NOT_FOUND = "not_found", _("查无此人")
    TRANSFER = "transfer", _("转办")
    TAKE = "take", _("接收转办")
    CORRECT = "correct", _("更正")
    CALL = "call", _("电话联系")
    NOBODY = "nobody", _("上门未遇")
    ADDRESS = "address", _("更新住址")
    KEEP = "keep", _("维持原住址")
    WITHDRAW = "withdraw", _("撤回")
    END = "end", _("到期解除")
    ARCHIVE = "archive", _("归档")


class Answered(models.TextChoices):
    """What came of a call."""

    NO_ANSWER = "none", _("无人接听")
    WRONG_NUMBER = "wrong", _("号码不对")
    ANSWERED = "yes", _("已接通")


class ListSays(models.TextChoices):
    """How a list of the police stands to one person of the register."""

    SAME = "same", _("一致")
    DIFFERS = "differs", _("不一致")
    ABSENT = "absent", _("名单中没有")


OPEN = (State.SUBMITTED, State.TO_VERIFY, State.TRANSFERRED)  # somebody must decide
DECIDED = (State.VERIFIED, State.WRONG, State.NOT_FOUND)
LIVE = (*OPEN, *DECIDED)
OVER = (State.WITHDRAWN, State.ENDED)
ARRIVALS = (Kind.COMING, Kind.RETURNING, Kind.VISITING, Kind.STAYING)  # somebody is here because of it

# What a verifier may find wrong, named as in the declaration.
CHECKED = {
    "name": _("姓名"),
    "id_no": _("证件号码"),
    "phone": _("联系电话"),
    "stay_address": _("居住地址"),
    "from_text": _("来自哪里"),
    "arrive_at": _("到达时间"),
    "companions": _("同行人"),
    "purpose": _("来由"),
}
# Everything a decision may name: besides, what a resident corrects herself.
NAMED = CHECKED | {
    "depart_at": _("离开时间"),
    "transport": _("交通方式"),
    "trip_no": _("车牌、车次或航班号"),
    "stay_until": _("住到哪天"),
    "host_name": _("接待人姓名"),
}


class Paper(models.TextChoices):
    """Sizes of posters."""

    A4 = "a4", "A4"
    A5 = "a5", "A5"


class PosterState(models.TextChoices):
    """How far a file of posters is."""

    WAITING = "waiting", _("排队中")
    WRITING = "writing", _("正在制作")
    DONE = "done", _("已做好")
    FAILED = "failed", _("没有做成")
    EXPIRED = "expired", _("已删除")


class CodeStatus(models.TextChoices):
    """How far somebody is with the 粤居码: the codes of the fact ``residence_code_status`` (spec 2.3).

    A test holds that the fact dictionary has the same list; the last three come from old ledgers.
    """

    NONE = "3", _("未申领")
    APPLIED = "1", _("已申领")
    ADDRESS = "6", _("地址待确认")
    CONFIRMED = "7", _("已确认")
    PERMIT = "8", _("已领居住证")
    DECLINED = "9", _("不愿申领")
    NO_PHONE = "10", _("无手机")
    APPLYING = "2", _("申领中")
    NOT_NEEDED = "4", _("不需要")
    EXPIRED = "5", _("已失效")


HAS_CODE = (CodeStatus.CONFIRMED, CodeStatus.PERMIT)
MARKED = tuple(CodeStatus)[:7]  # what a worker marks (spec 2.3)
