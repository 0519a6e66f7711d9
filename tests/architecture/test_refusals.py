"""Every code of a refusal has an Indonesian sentence, and every sentence a user."""

from __future__ import annotations

import ast
import re

from django.utils import translation

from tests.architecture.source import modules
from workflow.refusals import SENTENCES

RAISING = {"DomainError", "TransitionRefused", "denied"}


def raised(source: str) -> set[str]:
    """Return the codes that ``source`` raises or denies with."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in RAISING and node.args:
                found |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found


def test_every_code_has_a_sentence():
    codes = set().union(*(raised(text) for _path, text in modules()))
    assert codes - set(SENTENCES) == set()


def test_every_sentence_ends_like_one():
    with translation.override("id"):
        for code, text in SENTENCES.items():
            words = str(text)
            assert re.match(r"^(?:[A-Z]|%\().*[.)s]$", words, re.DOTALL), code


def test_the_rule_bites():
    assert raised('raise DomainError("no_sentence_for_this")') == {"no_sentence_for_this"}
    assert raised('denied("nor_this")') == {"nor_this"}
