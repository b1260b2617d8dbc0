"""The command line: ``wangge <noun> <verb>``.

Every module of this package with a function ``add(subparsers)`` is one noun. A command is a
function ``run(args) -> int`` set by ``parser.set_defaults(run=…)``. Exit codes: 0 done, 1 refused
with reasons, 2 wrong call. ``--json`` prints one object on stdout; everything else goes to stderr.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

DONE, REFUSED, WRONG_CALL = 0, 1, 2
ROOT = Path(__file__).resolve().parents[3]


class Refused(Exception):
    """The command was understood and declined; says why, a reason a line."""

    def __init__(self, reasons: str | Iterable[str]) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__("; ".join(self.reasons))


def start_django() -> None:
    """Load settings and apps; commands that touch the database call this first."""
    import django

    django.setup()


def everywhere() -> Any:
    """The reach of the command line (the operator of the machine sees the whole district)."""
    from wangge.lib.scoping import EVERYWHERE, within

    return within(EVERYWHERE)


def say_json(answer: dict[str, Any]) -> None:
    """Print the one object that ``--json`` promises."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def _settle_home() -> None:
    home = Path(os.environ.setdefault("WANGGE_HOME", str(ROOT / "var"))).resolve()
    os.environ["WANGGE_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.site.settings")


def build_parser() -> argparse.ArgumentParser:
    """The parser with every noun found in this package."""
    parser = argparse.ArgumentParser(prog="wangge", description="网格：区县基层治理的一本登记册。")
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        add = getattr(importlib.import_module(f"{__name__}.{module.name}"), "add", None)
        if add is not None:
            add(nouns)
    return parser


def _refusal(args: argparse.Namespace, reasons: list[str]) -> int:
    if getattr(args, "json", False):
        say_json({"refused": reasons})
    for reason in reasons:
        print(reason, file=sys.stderr)
    return REFUSED


def _database_says(error: Exception) -> str:
    """What to do about a database that cannot be asked; its own words may hold values and stay unsaid."""
    text = str(error)
    if "no such table" in text or "does not exist" in text:
        return "数据库里还没有这套系统的表。请先运行 `wangge setup`。"
    if "locked" in text:
        return "数据库正忙，等待超时。请稍后再试。"
    return "连不上数据库，或数据库拒绝了请求。请检查 WANGGE_DATABASE_URL，运行 `wangge doctor` 查看办法。"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _settle_home()
    args = build_parser().parse_args(argv)
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    try:
        return int(args.run(args) or DONE)
    except Refused as refused:
        return _refusal(args, refused.reasons)
    except ImproperlyConfigured as error:
        return _refusal(args, [str(error)])
    except (OperationalError, ProgrammingError) as error:
        return _refusal(args, [_database_says(error)])
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
