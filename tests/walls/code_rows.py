"""The doors of codes on places and their posters."""

from __future__ import annotations

from typing import Any

from tests.systems.declarations.intake import a_code
from tests.walls.row import Row


def code(community: str) -> dict[str, Any]:
    return {"pk": a_code(community, scope="entrance").pk}


CODES = [
    Row("declarations:codes", "code.manage", query="?area={area}"),
    Row("declarations:code_places", "code.manage", query="?area={area}&scope=grid&side=missing"),
    Row("declarations:make_codes", "code.manage", None, "POST", form="area={area}&scope=grid"),
    Row("declarations:print_codes", "code.manage", None, "POST", form="area={area}&scope=grid&paper=a4"),
    Row("declarations:code", "code.manage", code),
    Row("declarations:renew_code", "code.manage", code, "POST"),
    Row("declarations:revoke_code", "code.manage", code, "POST", form="why=%E4%B8%A2%E5%A4%B1"),
    Row("declarations:print_code", "code.manage", code, "POST", form="paper=a5"),
]
