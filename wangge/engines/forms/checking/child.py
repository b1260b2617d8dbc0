"""Runs alone (``python -m``): reads workbooks one after the other from standard input, each told by an
argument "kind:bytes", and writes what pyxform makes of them as a JSON list.

A workbook is a stranger's: in a process of its own it can neither hang the server nor fill its memory.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MEMORY = 1_500 * 1024 * 1024


def converted(workbook: bytes, kind: str) -> dict[str, Any]:
    """The XForm with its questions, or the fault with its code and what the code speaks of."""
    from pyxform.errors import PyXFormError  # type: ignore[import-untyped]
    from pyxform.xls2xform import convert  # type: ignore[import-untyped]

    try:
        made = convert(workbook, file_type=kind, pretty_print=False)
    except PyXFormError as error:
        code = error.code.name if error.code else ""
        return {"code": code, "context": {k: str(v) for k, v in error.context.items()}, "text": str(error)}
    except Exception as error:  # pyxform meets strange books with any kind of error
        return {"code": "BROKEN", "context": {}, "text": type(error).__name__}
    return {
        "xform": made.xform,
        "survey": json.loads(made._survey.to_json()),
    }


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    told = [argument.split(":") for argument in sys.argv[1:]]
    made = [converted(sys.stdin.buffer.read(int(length)), kind) for kind, length in told]
    json.dump(made, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()
