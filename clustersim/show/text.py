"""Texts that have to fit: Chinese characters are two columns wide, and lines may break before them.

>>> width("慈溪 Cixi")
9
>>> pad("慈溪", 6) + "|", pad("12", 5, right=True)
('慈溪  |', '   12')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

_NEVER_FIRST: Final = "，。；：、！？）》”’%,.;:!?)"


def width(text: str) -> int:
    """Columns of a text on a console."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled up with blanks to a width."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def break_lines(text: str, columns: int) -> list[str]:
    """Break a text into lines at most `columns` wide: at blanks, and around Chinese characters.

    >>> break_lines("one two three", 8)
    ['one two', 'three']
    >>> break_lines("五项指数越高越好。", 16)
    ['五项指数越高越', '好。']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width((line + piece).rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What may not be broken: words with the blank after them, single characters, and punctuation with what it ends."""
    pieces: list[str] = []
    fresh = True
    for letter in text:
        wide = width(letter) == 2
        if pieces and (letter in _NEVER_FIRST or not (fresh or wide) or letter == " "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
        fresh = wide or letter == " "
    return pieces


def cut(text: str, columns: int) -> str:
    """A text cut to a width.

    >>> cut("园区统一管理", 7)
    '园区统…'
    """
    if width(text) <= columns:
        return text
    while width(text) > columns - 1:
        text = text[:-1]
    return text.rstrip("，、；, ") + "…"


def columns(rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: int = 2) -> list[str]:
    """Rows of cells as aligned lines; the columns in `right` are set to the right.

    >>> columns([["指数", "1"], ["space", "10"]], right=[1])
    ['指数    1', 'space  10']
    """
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        (" " * gap).join(pad(cell, widths[place], right=place in right) for place, cell in enumerate(row)).rstrip()
        for row in rows
    ]
