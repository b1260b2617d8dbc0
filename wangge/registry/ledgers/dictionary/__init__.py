"""The fact dictionary as data: facts, code lists, words of headers, columns refused and why."""

from .codes import Code, CodeList, code_list, code_lists
from .facts import Fact, fact, facts
from .words import Refusal, exact, header_forms, known_words, normal_header, recognised, refusal

__all__ = [
    "Code",
    "CodeList",
    "Fact",
    "Refusal",
    "code_list",
    "code_lists",
    "exact",
    "fact",
    "facts",
    "header_forms",
    "known_words",
    "normal_header",
    "recognised",
    "refusal",
]
