"""Folders of results that go on where they were: they are written to only for the very same work."""

from __future__ import annotations

import json
from pathlib import Path

from clustersim.foundation import machine
from clustersim.scenario import ScenarioError


def refuse(folder: Path, kind: str, newest: int, experiment: str) -> None:
    """ScenarioError when a folder cannot be written to, or holds anything but this sweep or search.

    `newest` is the newest format that is read, `experiment` what tells one experiment from another.
    """
    problem = machine.folder_problem(folder)
    if problem is None and folder.exists() and any(one.name != machine.LOCK for one in folder.iterdir()):
        problem = _what_else(folder, kind, newest, experiment)
    if problem:
        raise ScenarioError(f"--out {folder}: {problem}")


def _what_else(folder: Path, kind: str, newest: int, experiment: str) -> str | None:
    try:
        there = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        there = None
    if not isinstance(there, dict) or there.get("kind") != kind:
        return f"it holds something that is not a {kind}: give an empty or a new folder"
    if there.get("format", 0) > newest:
        return f"it holds a {kind} of the newer format {there['format']}, this version writes {newest}"
    if there.get("experiment") != experiment:
        return f"it holds the {kind} of another experiment ({there.get('name')}): give an empty or a new folder"
    return None
