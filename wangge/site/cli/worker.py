"""wangge worker: runs reactions, seals the trail, sweeps by the clock."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import Any

from wangge.site.cli import DONE, start_django


def add(subparsers: Any) -> None:
    """Add the noun ``worker``."""
    noun = subparsers.add_parser("worker", help="后台：执行后续处理、封存留痕、定时清理")
    noun.add_argument("--once", action="store_true", help="把到期的做完就退出")
    noun.add_argument("--failures-only", action="store_true", help="只说没有做成的")
    noun.set_defaults(run=work)


def work(args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C, which let the reaction under way finish."""
    start_django()
    from wangge.flows import service

    if args.once:
        print(f"已执行 {service.once()} 项后续处理。", file=sys.stderr)
        return DONE
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    service.serve(
        stop, tell=lambda line: print(line, file=sys.stderr, flush=True), failures_only=args.failures_only
    )
    return DONE
