"""The doors of publicity and education."""

from __future__ import annotations

from typing import Any

from tests.engines.cases.page_cast import picture
from tests.systems.education.education_cast import PDF, a_held_session, a_material, a_session
from tests.walls.row import Row
from wangge.engines.cases.actions.photos import keep_photo
from wangge.lib.scoping import EVERYWHERE, within


def session(area: str) -> dict[str, Any]:
    return {"pk": a_session(area).pk}


def photo(area: str) -> dict[str, Any]:
    with within(EVERYWHERE):
        digest = keep_photo(actor="test", content=picture("blue"), area_code=area)
    return {"pk": a_held_session(area, photos=(digest,)).pk, "digest": digest}


def material(area: str) -> dict[str, Any]:
    return {"pk": a_material(area, kind="pdf", content=PDF).pk}


def share(_area: str) -> dict[str, Any]:
    return {"code": "held", "side": "part"}


EDUCATION = [
    Row("education:list", "duty.view"),
    Row("education:new", "campaign.manage"),
    Row("education:new", "campaign.manage", None, "POST"),
    Row("education:session", "duty.view", session),
    Row("education:notice", "duty.view", session),
    Row("education:edit", "campaign.manage", session),
    Row("education:edit", "campaign.manage", session, "POST"),
    Row("education:hold", "campaign.manage", session),
    Row("education:hold", "campaign.manage", session, "POST"),
    Row("education:cancel", "campaign.manage", session, "POST"),
    Row("education:photo", "duty.view", photo),
    Row("education:materials", "duty.view"),
    Row("education:material_new", "campaign.manage"),
    Row("education:material_new", "campaign.manage", None, "POST"),
    Row("education:material_file", "duty.view", material),
    Row("education:material_withdraw", "campaign.manage", material, "POST"),
    Row("education:figures", "area.view"),
    Row("education:rates_rows", "duty.view", share, query="?area={area}"),
]
