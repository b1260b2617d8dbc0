"""The messages of the interface and their English: ``.venv/bin/python .ci/messages.py`` brings the catalogue
up to date (new ones empty, gone ones removed) and lists what has no English yet.

Needs neither gettext nor a set-up product: Python is read by its syntax tree, templates by Django's
own reader.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "wangge" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "_lazy", "_now", "gettext", "gettext_lazy", "gettext_noop"}
PLURALS = {"ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")
HAN = re.compile(r"[\u4e00-\u9fff]")
OURS = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # Chinese marks such as 、 too
Key = tuple[str, str]  # singular, plural ("" where there is none)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def in_python(source: str) -> Iterator[Key]:
    """Messages in Python code, in the order they stand there."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in CALLS and _text(node.args[0]):
            yield _text(node.args[0]), ""
        elif name in PLURALS and len(node.args) > 1:
            yield _text(node.args[0]), _text(node.args[1])


def in_template(source: str) -> Iterator[Key]:
    """Messages in a template, which Django turns into what looks like calls."""
    from django.utils.translation.template import templatize

    text = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
    calls = re.compile(rf"\b(n?gettext|_)\({text}(?:,\s*{text})?")
    for call in calls.finditer(templatize(source)):
        plural = ast.literal_eval(call[3]) if call[1] == "ngettext" and call[3] else ""
        yield ast.literal_eval(call[2]), plural


def in_script(source: str) -> Iterator[Key]:
    """Messages in the field app's scripts: t("…")."""
    for text in re.findall(r'\bt\(\s*("(?:[^"\\]|\\.)*")', source):
        yield json.loads(text), ""


def messages() -> dict[Key, str]:
    """Every message of the product with the first file it stands in."""
    found: dict[Key, str] = {}
    for path in sorted((ROOT / "wangge").rglob("*")):
        if path.suffix not in {".py", ".html"} or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        for key in in_python(source) if path.suffix == ".py" else in_template(source):
            if OURS.search(key[0]):  # the others are Django's and allauth's own
                found.setdefault(key, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "front" / "src" / "field").rglob("*.js")):
        for key in in_script(path.read_text(encoding="utf-8")):
            found.setdefault(key, str(path.relative_to(ROOT)))
    return found


def faults() -> list[str]:
    """What is wrong with the English: missing, left over, empty, fuzzy, other placeholders, still Chinese."""
    catalogue = polib.pofile(str(CATALOGUE))
    said = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue if not entry.obsolete}
    wanted = messages()
    wrong = [f"{at}: no English for “{key[0]}”" for key, at in wanted.items() if key not in said]
    wrong += [f"{key[0]}: no longer in the product" for key in said if key not in wanted]
    for key, entry in said.items():
        texts = list(entry.msgstr_plural.values()) if key[1] else [entry.msgstr]
        if not all(texts) or entry.fuzzy:
            wrong.append(f"{key[0]}: empty or fuzzy")
        for text in filter(None, texts):
            if sorted(set(PLACEHOLDER.findall(text))) != sorted(set(PLACEHOLDER.findall(key[0]))):
                wrong.append(f"{key[0]}: other placeholders in “{text}”")
            # Words that stand in ledgers themselves are quoted: 男, 是, 社区.
            if any(run not in key[0] for run in re.findall(rf"{HAN.pattern}+", text)):
                wrong.append(f"{key[0]}: Chinese left in “{text}”")
    return wrong


def update() -> int:
    """Bring the catalogue up to date; returns how many messages wait for their English."""
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    said = {(entry.msgid, entry.msgid_plural): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "wangge",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    waiting = 0
    for (single, plural), at in messages().items():
        entry = said.get((single, plural)) or polib.POEntry(msgid=single, msgid_plural=plural)
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        python_format = bool(re.search(r"%\(\w+\)[sd]|%[sd]", single))
        entry.occurrences, entry.flags = [(at, "")], ["python-format"] if python_format else []
        waiting += not (entry.msgstr or (plural and all(entry.msgstr_plural.values())))
        new.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(CATALOGUE), newline="\n")
    return waiting


if __name__ == "__main__":
    print(f"{update()} messages wait for their English in {CATALOGUE.relative_to(ROOT)}")
    print("\n".join(faults()))
    sys.exit(0)
