"""Texts of the renderer for a page: ``{% load form_words %}{% form_words %}``."""

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from ..words import renderer_words

register = template.Library()


@register.simple_tag
def form_words() -> SafeString:
    """The words as JSON in ``#form-words``, where ``openForm`` looks for them."""
    return json_script(renderer_words(), "form-words")
