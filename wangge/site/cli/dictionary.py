"""wangge dictionary list | show: what the register may know."""

from __future__ import annotations

import argparse
from typing import Any

from wangge.site.cli import DONE, Refused, everywhere, say_json, start_django


def add(subparsers: Any) -> None:
    """Add the noun ``dictionary``."""
    noun = subparsers.add_parser("dictionary", help="事实字典：登记册可以知道哪些事")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser("list", help="列出每一项")
    verb.add_argument("--find", default="", metavar="TEXT", help="名称、列名、代码里含有")
    verb.add_argument("--admitted", action="store_true", help="只列本区准入的")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=list_facts)
    verb = verbs.add_parser("show", help="一项的用途、依据、期限、分级、选项和用处")
    verb.add_argument("code", metavar="CODE")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=show)


def list_facts(args: argparse.Namespace) -> int:
    """One fact a line: code, name, what it is about, level."""
    start_django()
    from wangge.registry.ledgers.queries.dictionary import entries

    with everywhere():
        found = entries(args.find, only="admitted" if args.admitted else "")
    lines = [entry for _title, group in found for entry in group]
    if args.json:
        say_json({"facts": [_brief(entry) for entry in lines]})
        return DONE
    for entry in lines:
        fact = entry.fact
        print(f"{fact.code}\t{fact.name}\t{fact.target}\t{fact.level} {entry.level}")
    return DONE


def _brief(entry: Any) -> dict[str, Any]:
    fact = entry.fact
    return {
        "code": fact.code, "name": fact.name, "name_en": fact.name_en, "target": fact.target,
        "kind": fact.kind, "level": fact.level, "fresh_days": fact.fresh_days, "admitted": entry.admitted,
        "withdrawn": entry.withdrawn,
    }  # fmt: skip


def show(args: argparse.Namespace) -> int:
    """All about one fact; exit code 1 when the dictionary has none of this code."""
    start_django()
    from wangge.registry.ledgers.dictionary import facts
    from wangge.registry.ledgers.queries.dictionary import fact_page

    with everywhere():
        if args.code not in facts():
            raise Refused(f"字典里没有“{args.code}”；用 wangge dictionary list --find 查一查。")
        told = _whole(fact_page(facts()[args.code]))
    if args.json:
        say_json(told)
        return DONE
    for name, value in told.items():
        print(f"{name}\t{_line(value)}")
    return DONE


def _whole(page: Any) -> dict[str, Any]:
    fact = page.fact
    return {
        "code": fact.code, "name": fact.name, "name_en": fact.name_en, "definition": fact.definition.zh,
        "target": fact.target, "kind": fact.kind, "mandatory": fact.mandatory, "level": fact.level,
        "seen": str(page.seen), "roles": [str(role) for role in page.roles], "purpose": fact.purpose.zh,
        "basis": fact.basis.zh, "retention": fact.retention.zh, "fresh_days": fact.fresh_days,
        "synonyms": list(fact.synonyms), "codes": {code.value: code.label for code in page.codes},
        "sources": [str(source) for source in page.sources],
        "ledgers": [ledger.code for ledger in page.ledgers],
        "standards": [f"{use.name} {use.what}" for use in page.standards],
        "elsewhere": [use.name for use in page.elsewhere],
        "question": page.row.question if page.row else "",
        "asked_by": page.row.asked_by if page.row else "",
    }  # fmt: skip


def _line(value: Any) -> str:
    if isinstance(value, dict):
        return "、".join(f"{code} {label}" for code, label in value.items())
    return "、".join(value) if isinstance(value, list) else str(value)
