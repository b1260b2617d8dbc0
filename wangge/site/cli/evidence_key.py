"""``wangge evidence key``: the fingerprints a district publishes of the keys that sign its bundles."""

from __future__ import annotations

import argparse

from wangge.site.cli import DONE, say_json, start_django


def show_keys(args: argparse.Namespace) -> int:
    """Every key by its number; the last one signs."""
    start_django()
    from wangge.engines.cases.actions.keys import public_keys
    from wangge.lib.evidence import fingerprint

    keys = {number: fingerprint(public) for number, public in public_keys().items()}
    newest = list(keys)[-1]
    if args.json:
        say_json({"signs": newest, "fingerprints": keys})
        return DONE
    for number, text in keys.items():
        note = "现在用它签名" if number == newest else "以前签的还认"
        print(f"{number}  {text}  {note}")
    return DONE
