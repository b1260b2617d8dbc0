"""What one row of a sheet stands for, guessed from what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .proposals import ColumnProposal

SheetKind = Literal["residents", "floating", "staff", "rental", "households", "organisations"]

_NAMED = (
    ("organisations", ("个体户名", "商户", "市场主体", "企业名录", "场所")),
    ("staff", ("企业人员", "员工", "职工", "从业人员", "用工")),
    ("rental", ("出租屋", "出租房", "租赁")),
    ("floating", ("流动", "外来", "暂住", "来江", "返江")),
)


def guess_kind(proposals: Sequence[ColumnProposal], sheet_name: str = "") -> SheetKind:
    """Guess what one row stands for: by its columns, by the sheet's name where they leave it open."""
    facts = {proposal.fact for proposal in proposals if proposal.fact}
    persons = bool(facts & {"name", "id_no"})
    if not persons and facts & {"org_name", "org_uscc", "legal_person"}:
        return "organisations"
    if facts & {"renter_name", "renter_id_no"} or (
        facts & {"owner_name"} and facts & {"room_state", "room_no"} and (not facts & {"relation"})
    ):
        return "rental"
    named = next((kind for kind, words in _NAMED if any(word in sheet_name for word in words)), "")
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
