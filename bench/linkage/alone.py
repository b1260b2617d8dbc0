"""``python -m bench.linkage.alone ours|plain IN OUT``: one way, one process, its peak of memory."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.memory import watched


def ours(given: Path, out: Path) -> None:
    """What the command line does."""
    from wangge.site.cli import main

    code = main(["registry", "link", "--records", str(given), "--out", str(out), "--json"])
    if code:
        raise SystemExit(code)


def plain(given: Path, out: Path) -> None:
    """Splink as its users set it up."""
    from bench.linkage.plain import link_plainly

    link_plainly(given, out)


if __name__ == "__main__":
    with watched() as peak:
        {"ours": ours, "plain": plain}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps({"peak_mb": peak.mb}))
