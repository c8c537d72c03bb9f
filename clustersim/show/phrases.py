"""Tables of phrases in Chinese and English, and how one of them is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Phrases by name, each in Chinese and in English, with places for values.

    >>> Phrases({"many": ("{count} 个", "{count} of them")}).say("many", "en", count=3)
    '3 of them'
    """

    table: Mapping[str, tuple[str, str]]

    def say(self, phrase: str, lang: str, **values: object) -> str:
        """A phrase in a language, with its values filled in; KeyError for one that is not there."""
        return self.table[phrase][lang == "en"].format(**values)
