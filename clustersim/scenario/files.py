"""Scenario files: a patch on a base, by shipped name or by path.

>>> load_scenario("letter").off, load_scenario("none").off[:3]
((), ('1.1', '1.2', '1.3'))
>>> load_scenario("lettr")
Traceback (most recent call last):
    ...
clustersim.scenario.errors.ScenarioError: lettr: neither a file nor a shipped scenario. Did you mean 'letter'?
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from clustersim.scenario.errors import ScenarioError, did_you_mean, shown
from clustersim.scenario.patch import apply_patch
from clustersim.scenario.reading import Document, decode, parse, read_text
from clustersim.scenario.scenario import Scenario

ENDING: Final = ".toml"
DEEPEST: Final = 20  # files on files; nobody means more
_PLACED: Final = re.compile(r".*:\d+: ")


@cache
def shipped() -> tuple[str, ...]:
    """The scenarios that come with the package: the letter and nothing first, then by name.

    >>> shipped()[:2]
    ('letter', 'none')
    """
    names = {one.name.removesuffix(ENDING) for one in _data().iterdir() if one.name.endswith(ENDING)}
    return "letter", "none", *sorted(names - {"letter", "none"})


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Read a scenario by shipped name or from a file; ScenarioError says in one line what is wrong and where."""
    return _load(name_or_path, None, ())


def scenario_of(document: Document, path: Path) -> Scenario:
    """The scenario a parsed file describes."""
    return _patched(document, path.stem, path.parent, (_identity(path),))


def load_base(document: Document, path: Path) -> Scenario:
    """The scenario a parsed file names as its base, the letter if it names none."""
    return _base(document, path.parent, (_identity(path),))


def load_scenario_at(given: object, document: Document, path: Path) -> Scenario:
    """A scenario that a table of a file names, by shipped name or relative to that file."""
    return _named(given, document, path.parent, (_identity(path),))


def _load(given: str | Path, folder: Path | None, chain: tuple[str, ...]) -> Scenario:
    if isinstance(given, str) and given in shipped():
        text = decode((_data() / f"{given}{ENDING}").read_bytes(), given)
        return _patched(parse(text, f"{given}{ENDING}"), given, None, (*chain, given))
    path = Path(given).expanduser() if folder is None else folder / Path(given).expanduser()
    if isinstance(given, str) and not given.endswith(ENDING) and "/" not in given and not exists(path):
        close = did_you_mean(given, shipped()) or f"; shipped are {', '.join(shipped())}"
        raise ScenarioError(f"{shown(given)[1:-1]}: neither a file nor a shipped scenario{close}")
    identity = _identity(path)
    if identity in chain:
        raise ScenarioError(f"{path} stands on itself, in a circle")
    if len(chain) >= DEEPEST:
        raise ScenarioError(f"more than {DEEPEST} files stand on each other")
    return _patched(parse(read_text(path), str(path)), path.stem, path.parent, (*chain, identity))


def _patched(document: Document, stem: str, folder: Path | None, chain: tuple[str, ...]) -> Scenario:
    return apply_patch(_base(document, folder, chain), document, stem)


def _base(document: Document, folder: Path | None, chain: tuple[str, ...]) -> Scenario:
    base = document.table.get("base")
    return Scenario() if base is None else _named(base, document, folder, chain)


def _named(given: object, document: Document, folder: Path | None, chain: tuple[str, ...]) -> Scenario:
    if not isinstance(given, str) or not given or "\0" in given:
        raise document.refuse("base", f"{shown(given)} is not the name or the file of a scenario")
    try:
        return _load(given, folder, chain)
    except ScenarioError as wrong:
        inside = str(wrong)  # names its own file and line where it is about one
        raise (ScenarioError(inside) if _PLACED.match(inside) else document.refuse("base", inside)) from None


def exists(path: Path) -> bool:
    """Whether there is such a file or folder; False for what cannot be a name."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; False for what cannot be a name."""
    return exists(path) and path.is_dir()


def _identity(path: Path) -> str:
    try:
        return str(path.resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, a name that cannot be one
        return str(path)


def _data() -> resources.abc.Traversable:
    return resources.files("clustersim.scenario") / "data"
