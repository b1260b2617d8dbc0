"""What one row of a sheet stands for, guessed from what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..dictionary.around import firm_in
from .proposals import ColumnProposal

SheetKind = Literal["residents", "floating", "staff", "rental", "households", "organisations"]

_NAMED = (
    ("organisations", ("个体户名", "商户", "市场主体", "企业名录", "场所")),
    ("staff", ("企业人员", "员工", "职工", "从业人员", "用工")),
    ("rental", ("出租屋", "出租房", "租赁")),
    ("floating", ("流动", "外来", "暂住", "来江", "返江")),
    ("residents", ("常住", "户籍", "居民", "人口", "住户", "村民", "老人", "学生")),
)
_WORK = ("工号", "部门", "车间", "班组", "岗位", "职务", "入职", "工种", "厂牌")


def guess_kind(proposals: Sequence[ColumnProposal], *names: str) -> SheetKind:
    """Guess what one row stands for: by its columns; where they leave it open by the names around the table,
    the closest first (see `names_around`)."""
    facts = {proposal.fact for proposal in proposals if proposal.fact}
    persons = bool(facts & {"name", "id_no"})
    if not persons and facts & {"org_name", "org_uscc", "legal_person"}:
        return "organisations"
    if facts & {"renter_name", "renter_id_no"} or (
        facts & {"owner_name"} and facts & {"room_state", "room_no"} and (not facts & {"relation"})
    ):
        return "rental"
    named = _named(names) or _of_a_firm(proposals, facts, names)
    if named in ("staff", "floating", "rental"):
        return named  # type: ignore[return-value]
    if "head_name" in facts and not persons:
        return "households"
    if facts & {"arrive_date", "reason_come", "planned_until", "residence_code_status"}:
        return "floating"
    return (
        "staff"
        if facts & {"employer", "employer_uscc"}
        and not facts & {"relation", "household_no", "head_name", "room_no", "residence"}
        else "residents"
    )


def _named(names: Sequence[str]) -> str:
    for name in names:
        if found := next((kind for kind, words in _NAMED if any(word in name for word in words)), ""):
            return found
    return ""


def _of_a_firm(proposals: Sequence[ColumnProposal], facts: set[str], names: Sequence[str]) -> str:
    """A list under a firm's name with columns of work, and nobody's household, is that of its staff."""
    work = any(word in proposal.column for proposal in proposals for word in _WORK)
    return "staff" if work and not facts & {"relation", "head_name"} and any(map(firm_in, names)) else ""
