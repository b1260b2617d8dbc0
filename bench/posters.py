"""A thousand posters of report codes in one PDF: QR codes drawn, pages set, as the worker makes them. The
goal is a minute; a single poster, which comes while the browser waits, has two seconds.
"""

from __future__ import annotations

import json
from typing import Any

from bench.databases import throw_away
from bench.declaring.serving import inside

GOAL_MANY, GOAL_ONE = 60, 2
MAKE = """
import json, sys, time
from wangge.site.cli import start_django
start_django()
from wangge.lib import signing
from wangge.systems.declarations.outgoing import Poster, pdf_of
base = "HTTPS://WANGGE.EXAMPLE.CN"
tokens = [signing.sign(signing.Token("C", 10**9 + n)) for n in range(int(sys.argv[1]))]
posters = [
    Poster("蓬江区 · 虚构街道", f"虚构花园{n}栋", f"{base}/C/{token}", str(10**9 + n), "有效期至 2027-12-31")
    for n, token in enumerate(tokens)
]
spent = []
for some in (posters[:1], posters[1:2], posters):
    begun = time.perf_counter()
    size = len(pdf_of(some, paper="a4", typed_at="https://wangge.example.cn/c/"))
    spent.append(time.perf_counter() - begun)
print(json.dumps({"one": spent[1], "many": spent[2], "mb": size / 2**20}))
"""


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    count = 50 if quick else 1_000
    with throw_away("sqlite") as place:
        told = json.loads(inside(place, MAKE, str(count)))
    return [
        line(f"{count:,} posters, A4", told["many"], GOAL_MANY, f"{told['mb']:.1f} MB"),
        line("one poster, A4", told["one"], GOAL_ONE, ""),
    ]


def line(name: str, ours: float, goal: float, note: str) -> dict[str, Any]:
    return {
        "name": name, "ours": round(ours, 2), "peer": goal, "unit": "s", "ratio": round(goal / ours, 2),
        "against": "goal", "goal": f"< {goal} s", "note": note,
    }  # fmt: skip
