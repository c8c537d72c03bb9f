"""A scenario as TOML: a patch on the letter, nothing repeated that the letter already says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import Plain
from clustersim.letter import register
from clustersim.scenario import levers as bundle

if TYPE_CHECKING:
    from clustersim.scenario.scenario import Scenario, Words


def to_toml(scenario: Scenario) -> str:
    """The text of a file that reads back as the same scenario."""
    lines = [f"name = {_text(scenario.name)}", 'base = "letter"']
    for key in ("title", "question", "description"):
        lines += _words(key, getattr(scenario, key))
    if scenario.off:
        lines.append(f"off = {toml(scenario.off)}")
    told = register.levers()
    changed = {name: value for name, value in bundle.plain(scenario.levers).items() if value != told[name].default}
    for home in register.HOMES:
        own = [
            f"{name.partition('.')[2]} = {toml(value)}"
            for name, value in changed.items()
            if name.partition(".")[0] == home
        ]
        lines += ["", f"[levers.{home}]", *own] if own else []
    assumed = [
        f"{name} = {toml(getattr(scenario.assumptions, name))}"
        for name, one in DESCRIBED.items()
        if getattr(scenario.assumptions, name) != one.default
    ]
    lines += ["", "[assumptions]", *assumed] if assumed else []
    aims = [
        f'{_text(name)} = {{ value = {toml(one.value)}, quarter = "{one.quarter}" }}'
        for name, one in scenario.targets.items()
    ]
    lines += ["", "[targets]", *aims] if aims else []
    return "\n".join(lines) + "\n"


def toml(value: Plain) -> str:
    """A value as TOML writes it.

    >>> toml(True), toml(0.3), toml(("3.10", "4.3")), toml("A")
    ('true', '0.3', '["3.10", "4.3"]', '"A"')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_text(word) for word in value)}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _words(key: str, words: Words) -> list[str]:
    if not any(words):
        return []
    return [f"{key} = {{ zh = {_text(words.zh)}, en = {_text(words.en)} }}"]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
