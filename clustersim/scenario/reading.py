"""TOML files read at the door: bytes to a table, with the line of every key.

`tomllib` tells no lines, so the text is scanned a second time for its keys and headers.

>>> document = parse('base = "letter"\\n[levers.entry]\\nleak = 0.2\\n', "leaky.toml")
>>> document.at("levers.entry.leak"), document.at("levers.entry.leek")
('leaky.toml:3', 'leaky.toml:2')
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from clustersim.scenario.errors import LONGEST, ScenarioError

LARGEST: Final = 1_000_000  # bytes of a file that is read at all
_PIECE: Final = re.compile(  # strings, comments, brackets, line ends, and everything between
    r'"{3}(?:\\.|[^\\])*?"{3,5}(?!")' r"|'{3}.*?'{3,5}(?!')" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'"
    r"|\#[^\n]*|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)  # fmt: skip


class Written(float):
    """A number with a point that remembers how it was written (3.10 is not 3.1 when a clause is meant)."""

    text: str

    def __new__(cls, text: str) -> Written:
        """Read the number; TOML has checked its form."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Document:
    """A parsed file, or a table of it, how messages call it, and the line of each dotted key."""

    table: dict[str, Any]
    label: str
    text: str
    inside: str = ""  # the dotted name of the table, with a dot behind it

    @cached_property
    def lines(self) -> dict[str, int]:
        """The line of every key and header, scanned when a message first asks."""
        return dict(_keys(self.text))

    def at(self, key: str = "") -> str:
        """File and line of a key, or of the nearest table around it."""
        key = f"{self.inside}{key}".rstrip(".")
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return f"{self.label}:{self.lines.get(key, 1)}"

    def within(self, key: str, table: dict[str, Any]) -> Document:
        """A table of this file as a document of its own, whose messages name the whole key."""
        return replace(self, table=table, inside=f"{self.inside}{key}.")

    def refuse(self, key: str, problem: str) -> ScenarioError:
        """The error for a key of this file."""
        called = f"{self.inside}{key}"
        called = called if len(called) <= LONGEST else f"{called[:LONGEST]}..."
        return ScenarioError(f"{self.at(key)}: {called}: {problem}")


def read_text(path: Path) -> str:
    """The text of a file; ScenarioError when it is no readable text."""
    try:
        if path.is_dir():
            raise ScenarioError(f"{path}: this is a folder; a file in TOML is needed")
        if not path.is_file():
            raise ScenarioError(f"{path}: there is no such file")
        size = path.stat().st_size
        if size > LARGEST:
            raise ScenarioError(f"{path}: {size} bytes are too many; at most {LARGEST} are read")
        return decode(path.read_bytes(), str(path))
    except OSError as wrong:
        raise ScenarioError(f"{path}: cannot be read ({wrong.strerror or wrong})") from None


def decode(content: bytes, label: str) -> str:
    """Bytes as text; ScenarioError when they are not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise ScenarioError(f"{label}:{line}: this is not text in UTF-8; a file in TOML is needed") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ScenarioError(f"{label}:{line}: this is a binary file; a file in TOML is needed")
    return text.replace("\r\n", "\n")


def parse(text: str, label: str) -> Document:
    """The table of a TOML text with its lines; ScenarioError names the line that is broken."""
    try:
        table = tomllib.loads(text, parse_float=Written)
    except tomllib.TOMLDecodeError as wrong:
        found = re.search(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", str(wrong), re.DOTALL)
        what = found[1] if found else str(wrong)
        line = int(found[2]) if found and found[2] else text.rstrip("\n").count("\n") + 1
        raise ScenarioError(f"{label}:{line}: this is not TOML: {what}") from None
    except (ValueError, RecursionError) as wrong:  # a number of thousands of digits, brackets without end
        raise ScenarioError(f"{label}:1: this is not TOML that can be read: {type(wrong).__name__}") from None
    return Document(table, label, text)


def _keys(text: str) -> Iterator[tuple[str, int]]:
    """Every key and header with its line; the last of equal ones wins."""
    header = ""
    for line, statement in _statements(text):
        if statement.startswith("["):
            header = _dotted(statement) + "."
            yield header[:-1], line
        else:
            key = header + _dotted(f"{_before_equals(statement)} = 0")
            yield key, line
            inner = statement.partition("{")[2] if statement.rstrip().endswith("}") else ""
            yield from ((f"{key}.{name}", line) for name in re.findall(r"([\w-]+)\s*=", inner))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The statements of a valid TOML text, each with the line it begins on; comments are left out."""
    depth, line, start, pieces = 0, 1, 1, list[str]()
    for piece in _PIECE.findall(text + "\n"):
        if piece == "\n" and depth == 0:
            statement = "".join(pieces).strip()
            if statement:
                yield start, statement
            pieces, start = [], line + 1
        elif not piece.startswith("#"):
            depth += (piece in "[{") - (piece in "]}")
            pieces.append(piece)
        line += piece.count("\n")


def _before_equals(statement: str) -> str:
    key = ""
    for piece in _PIECE.findall(statement):
        before, equals, _ = piece.partition("=") if piece[0] not in "\"'" else (piece, "", "")
        key += before
        if equals:
            break
    return key


def _dotted(text: str) -> str:
    """The dotted name of a key or header, by the parser's own reading of it."""
    names: list[str] = []
    table: Any = tomllib.loads(text)
    while table and isinstance(table, dict | list):
        if isinstance(table, list):
            table = table[-1]
            continue
        name, table = next(iter(table.items()))
        names.append(name)
    return ".".join(names)
