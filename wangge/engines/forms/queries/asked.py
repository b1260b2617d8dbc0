"""What a version asks: its questions with their options, and the groups they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wangge.lib.sealing import unseal

from ..answers import Values, values_of
from ..checking import UNASKED
from ..models import FormVersion, Submission
from ..xform import Options, Outline, outline


@dataclass(frozen=True)
class Asked:
    """One question.

    type: as pyxform names it; means: the fact it is, else the one its words mean; part, title: name and title
    of the outermost group it stands in, "" for none; repeat, repeat_title: path and title of the innermost
    repeat around it; options: None for what is not chosen.
    """

    name: str
    path: str
    label: str
    type: str
    fact: str
    means: str
    part: str
    title: str
    repeat: str
    repeat_title: str
    options: Options | None

    @property
    def silent(self) -> bool:
        """Whether nobody answers it: it is told, computed or taken down by the phone."""
        return self.type == "note" or self.type in UNASKED

    def told(self, text: str) -> str:
        """An answer in words: options by their labels."""
        labels = dict(self.options or ())
        return "、".join(labels.get(name, name) for name in text.split(" ")) if labels else text


def asked_in(version: FormVersion) -> list[Asked]:
    """The questions of a version, in their order."""
    made = outline(version.xform)
    return [_asked(question, made) for question in version.questions]


def _asked(question: Mapping[str, Any], made: Outline) -> Asked:
    path, repeat, fact = question["path"], question.get("repeat", ""), question.get("fact", "")
    _none, root, *steps = path.split("/")
    part = steps[0] if len(steps) > 1 else ""
    return Asked(
        question["name"], path, question["label"] or question["name"], question["type"],
        fact=fact, means=fact or question.get("proposed", ""),
        part=part, title=made.titles.get(f"/{root}/{part}", ""),
        repeat=repeat, repeat_title=made.titles.get(repeat, ""),
        options=made.choices.get(path),
    )  # fmt: skip


def answered(row: Submission) -> Values:
    """What an answer says, for whoever notes the reading; nothing after it was forgotten.

    Raises:
        Unreadable: taken before answers were compared with their form.
    """
    if not row.xml_sealed:
        return Values()
    return values_of(unseal(row.xml_sealed, "forms.answer"), row.version.questions)
