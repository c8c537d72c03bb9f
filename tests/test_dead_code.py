"""Nothing is kept that nobody uses: columns are read, words of the books and of luck are used."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from pathlib import Path

import pytest

import clustersim
from clustersim.foundation.words import Carry, Luck
from clustersim.world.books import Count, Flow
from clustersim.world.firms import Firms
from clustersim.world.tables import Blocks, Cells, City, Parks, Sectors, TownAccounts, Towns, World

PACKAGE = Path(clustersim.__file__).parent
DEFINED_IN = {PACKAGE / "world" / name for name in ("tables.py", "firms.py", "books.py")}
DEFINED_IN |= {PACKAGE / "foundation" / "words.py"}
TABLES = {  # by the name under which code reaches a table
    "firms": Firms, "parks": Parks, "blocks": Blocks, "accounts": TownAccounts, "city": City, "towns": Towns,
    "cells": Cells, "sectors": Sectors, "world": World,
}  # fmt: skip
# Written for whoever looks at a run, and read by no rule.
OBSERVED = {
    ("parks", "rating_points"): "what stands behind a rating (2.5)",
    ("parks", "signed_year"): "pattern C2: firms that sign in the first year of a new park",
}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Functions of modules by name; a name that two modules use is left out."""
    found = [node for tree in trees().values() for node in tree.body if isinstance(node, ast.FunctionDef)]
    names = [one.name for one in found]
    return {one.name: one for one in found if names.count(one.name) == 1}


def called(name: ast.expr) -> str:
    return name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""


def array_of(target: ast.expr) -> ast.expr:
    """What is written to in `x[...][...] = ...`."""
    return array_of(target.value) if isinstance(target, ast.Subscript) else target


def written(tree: ast.AST) -> set[int]:
    """Identities of the expressions that a tree only writes: `x[...] = 1`, `x[...] += 1`, `np.add.at(x, ...)`."""
    only = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                only |= {id(array_of(one)) for one in (target.elts if isinstance(target, ast.Tuple) else [target])}
        elif isinstance(node, ast.AugAssign):
            only.add(id(array_of(node.target)))
        elif isinstance(node, ast.Call) and called(node.func) == "at" and node.args:
            only.add(id(node.args[0]))
    return only


def passed(tree: ast.AST) -> Iterator[tuple[ast.expr, str, int]]:
    """Arguments of calls of this package's functions: the expression, the function and the place in its signature."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name, arguments, first = called(node.func), node.args, 0
        if name == "over_rows" and arguments:
            name, arguments, first = called(arguments[0]), arguments[1:], 1  # the kernel gets `first, last` for `rows`
        if any(isinstance(one, ast.Starred) for one in arguments) or name not in functions():
            continue
        for place, one in enumerate(arguments):
            yield one, name, place + first


@cache
def reads_its(name: str, place: int) -> bool:
    """Whether a function reads what it gets at a place, itself or by handing it on."""
    function = functions()[name]
    if place >= len(function.args.args):
        return True
    parameter = function.args.args[place].arg
    only, handed = written(function), {id(one): (other, at) for one, other, at in passed(function)}
    used = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == parameter]
    return any(
        id(node) not in handed or handed[id(node)][0] == name or reads_its(*handed[id(node)])
        for node in used
        if id(node) not in only
    )


@cache
def read() -> set[tuple[str, str]]:
    """Every (table, column) that some code reads."""
    found = set()
    for path, tree in trees().items():
        if path in DEFINED_IN:
            continue
        only, handed = written(tree), {id(one): (name, place) for one, name, place in passed(tree)}
        found |= {
            (called(node.value), node.attr)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and id(node) not in only
            if id(node) not in handed or reads_its(*handed[id(node)])
        }
    return found


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_read(table: str) -> None:
    columns = {(table, one.name) for one in dataclasses.fields(TABLES[table])}
    assert sorted(columns - read() - OBSERVED.keys()) == []
    assert sorted(columns & read() & OBSERVED.keys()) == [], "read by now: no longer only observed"


@pytest.mark.parametrize("words", [Flow, Count, Luck, Carry])
def test_every_word_is_used(words: type[IntEnum]) -> None:
    used = {
        node.attr
        for path, tree in trees().items()
        if path not in DEFINED_IN
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and called(node.value) == words.__name__
    }
    assert sorted({one.name for one in words} - used) == []


def test_what_is_counted_is_booked() -> None:
    """A count that only indicators name would be a column of zeros. Exits are booked by cause (`world.sites`)."""
    booked = {
        node.attr
        for path, tree in trees().items()
        if path not in DEFINED_IN and path.parent.name != "indicators"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and called(node.value) == "Count"
    }
    assert sorted({one.name for one in Count if not one.name.startswith("EXITED_")} - booked) == []


def test_a_column_that_is_only_written_would_be_found() -> None:
    tree = ast.parse("def f(a, b, c):\n    a[0] = b[1]\n    c[2] += 1\nnp.add.at(x.y, 0, 1)\nx.z = 3")
    only = {called(node) for node in ast.walk(tree) if id(node) in written(tree)}
    assert only == {"a", "c", "y", "z"}
