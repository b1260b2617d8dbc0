"""Child process: a phone's browser that opens the field app (``python -m bench.syncing.opening URL``); prints
seconds and bytes as JSON. ``prepare`` lays the grid before."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SLOWER, LATENCY, LINE = 4, 300, 1_600_000 / 8  # times, ms there and back, bytes a second: as in sync_first
REPEATS = 3
LIST = "section[aria-labelledby=today] a[href^='#/']"  # a duty that can be tapped
KEPT = "html[data-kept=yes] body[data-synced=yes]"


def prepare(*, quick: bool) -> None:
    """One grid with a worker, the shipped lists, and the duties of today."""
    from wangge.site.cli import everywhere, start_django

    start_django()
    from django.conf import settings
    from django.utils import timezone

    from bench.syncing import ground
    from wangge.foundation.access.models import Grant
    from wangge.site.cli.setup import publish_static
    from wangge.systems.fieldwork.actions.generate import generate_duties
    from wangge.systems.fieldwork.actions.scenes_pack import load_pack

    publish_static(Path(settings.HOME))
    with everywhere():
        areas = ground.grids(1)
        ground.fill(areas, *((200, 50, 20) if quick else (3_000, 800, 280)))
        ((_user, session),) = ground.workers(areas, 1)
        Grant.objects.update(valid_from=date(2026, 1, 1))
        load_pack(actor="bench", area_code=f"{areas[0][:6]}000000", on=date(2026, 1, 1))
        generate_duties(actor="bench", day=timezone.localdate())
    Path(settings.HOME, "session.txt").write_text(session)


def main(url: str) -> None:
    session = (Path(os.environ["WANGGE_HOME"]) / "session.txt").read_text()
    program = next(path for name in BROWSERS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened(browser, url, session)  # what the server reads once is read
        rounds = [opened(browser, url, session) for _ in range(REPEATS)]
        told: dict[str, Any] = {"chromium": browser.version, "all": ", ".join(map(_said, rounds))}
        browser.close()
    for name in ("first", "again"):
        told[name] = sorted((one[name] for one in rounds), key=lambda one: one["seconds"])[REPEATS // 2]
    print(json.dumps(told | {"duties": rounds[0]["duties"]}))


def opened(browser: Browser, url: str, session: str) -> dict[str, Any]:
    """A phone that has nothing yet, and the same phone opened again."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", is_mobile=True)
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    first = until_list(context, url, kept=True)
    again = until_list(context, url, kept=False)
    context.close()
    return {"first": first, "again": again, "duties": first["duties"]}


def until_list(context: BrowserContext, url: str, *, kept: bool) -> dict[str, Any]:
    """Seconds and kilobytes until a duty can be tapped; ``kept``: wait then until it opens without signal."""
    page = context.new_page()
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY, "downloadThroughput": LINE, "uploadThroughput": LINE / 2,
    })  # fmt: skip
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[float] = []
    phone.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto(f"{url}/field/", wait_until="commit")
    page.wait_for_selector(LIST)
    found = {"seconds": time.perf_counter() - begun, "kb": sum(sizes) / 1000}
    duties = page.locator(LIST).count()
    if kept:
        page.wait_for_selector(KEPT, timeout=120_000)
    page.close()
    return found | {"duties": duties}


def _said(one: dict[str, Any]) -> str:
    return f"{one['first']['seconds']:.1f} and {one['again']['seconds']:.1f} s"


if __name__ == "__main__":
    main(*sys.argv[1:])
