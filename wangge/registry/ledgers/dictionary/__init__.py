"""The fact dictionary as data: facts, code lists, words of headers, columns refused and why."""

from .admitted import Admitted, admitted, keeper
from .codes import Code, CodeList, code_list, code_lists
from .facts import Fact, built_in, called, fact, facts
from .said import Said, english
from .words import (
    Refusal,
    exact,
    header_forms,
    known_words,
    never,
    never_asked,
    normal_header,
    recognised,
    refusal,
    refusals,
)

__all__ = [
    "Admitted",
    "Code",
    "CodeList",
    "Fact",
    "Refusal",
    "Said",
    "admitted",
    "built_in",
    "called",
    "code_list",
    "code_lists",
    "english",
    "exact",
    "fact",
    "facts",
    "header_forms",
    "keeper",
    "known_words",
    "never",
    "never_asked",
    "normal_header",
    "recognised",
    "refusal",
    "refusals",
]
