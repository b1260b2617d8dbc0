# ruff: noqa: E501  (tables and long strings of the cases)
"""Every text of the interface has its English."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The tool that collects them, which lives beside the checks."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / ".ci" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_message_has_an_english_text_with_the_same_placeholders(messages):
    assert messages.faults() == []


def test_messages_are_found_in_code_and_templates(messages):
    code = '_("甲") ; gettext_lazy("乙" "丙") ; ngettext("%(n)d 丁", "%(n)d 丁", 2); other("戊")'
    assert list(messages.in_python(code)) == [("甲", ""), ("乙丙", ""), ("%(n)d 丁", "%(n)d 丁")]
    page = (
        '{% load i18n %}{% translate "己" %}{% blocktranslate with n=x|date:"H:i" %}{{ n }} 庚{% endblocktranslate %}'
        '{% blocktranslate count n=k %}{{ n }} 辛{% plural %}{{ n }} 壬{% endblocktranslate %}{{ a|default:_("癸") }}'
    )
    found = dict(messages.in_template(page))
    assert found == {"己": "", "%(n)s 庚": "", "%(n)s 辛": "%(n)s 壬", "癸": ""}


@pytest.mark.parametrize(
    ("english", "fault"),
    [("", "empty"), ("rows", "placeholders"), ("%(rows)s 行", "Chinese left")],
)
def test_a_wrong_english_text_is_named(messages, english, fault, monkeypatch, tmp_path):
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="%(rows)s 项目", msgstr=english))
    path = tmp_path / "django.po"
    catalogue.save(str(path))
    monkeypatch.setattr(messages, "CATALOGUE", path)
    monkeypatch.setattr(messages, "messages", lambda: {("%(rows)s 项目", ""): "somewhere"})
    assert any(fault in line for line in messages.faults())


def test_a_message_without_an_entry_is_named(messages, monkeypatch, tmp_path):
    polib.POFile().save(str(tmp_path / "django.po"))
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "django.po")
    monkeypatch.setattr(messages, "messages", lambda: {("新话", ""): "wangge/x.py"})
    assert messages.faults() == ["wangge/x.py: no English for “新话”"]
