"""``wangge evidence verify``: is a bundle what was signed? Needs neither a database nor an installation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, REFUSED, WRONG_CALL, say_json

DIGITS = 64


def add(nouns: Any) -> None:
    """Add the noun ``evidence``."""
    noun = nouns.add_parser("evidence", help="证据包：离线核验")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser("verify", help="核验证据包：有没有改过、少了、换了次序；不需要联网和数据库")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--key", type=_fingerprint, metavar="FINGERPRINT", help="公布的公钥指纹")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=verify)


def _fingerprint(text: str) -> str:
    from wangge.lib.evidence import plain_fingerprint

    plain = plain_fingerprint(text)
    if len(plain) != DIGITS or not set(plain) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f"指纹应为 {DIGITS} 位十六进制数，请照公布的抄全。")
    return plain


def verify(args: argparse.Namespace) -> int:
    """Exit code 0: proven; 1: not proven, says what is wrong; 2: no bundle that can be used."""
    _speak_without_settings()
    from wangge.lib import evidence

    report = evidence.verify(args.file, args.key or "")
    if args.json:
        say_json({"file": args.file.name, **report.as_dict()})
    else:
        for line in _lines(args.file.name, report):
            print(line, file=sys.stdout if report.ok else sys.stderr)
    return DONE if report.ok else REFUSED if report.usable else WRONG_CALL


def _speak_without_settings() -> None:
    """The words of a report need a language only; an installation's settings would ask for its keys."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def _lines(name: str, report: Any) -> Iterator[str]:
    verdict = "证据成立，没有改动" if report.ok else "证据不成立" if report.usable else "无法核验"
    facts = report.facts
    about = f"事项 {facts.case}，" if facts.case else ""
    counts = f"{about}{facts.steps} 步，照片 {facts.photos} 张。" if facts.head else ""
    yield f"{name}：{verdict}。{counts}"
    yield from (f"  {problem}" for problem in report.problems)
    yield from (f"  {note}" for note in report.notes)
    if facts.key and facts.key_compared and report.ok:
        yield f"  公钥指纹相符：{facts.key}"
