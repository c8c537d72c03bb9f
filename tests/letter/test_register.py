"""The register: every clause there, every quote in the letter, every lever complete, read and switched."""

import ast
import csv
import re
from pathlib import Path

import pytest

import clustersim
from clustersim.foundation.assumptions import Assumptions
from clustersim.letter import register
from clustersim.scenario.levers import Levers, read

PACKAGE = Path(clustersim.__file__).parent
OUTCOMES = ("0", "0.1", "3.12", "4.6")


def test_every_clause_of_the_letter_is_there_in_order():
    numbers = [one.id for one in register.clauses()]
    assert numbers[:3] == ["0", "0.1", "1.1"] and numbers[-1] == "4.7"
    assert len(numbers) == len(set(numbers)) == 36
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    with (PACKAGE / "letter" / "data" / "clauses.csv").open(encoding="utf-8") as file:
        assert numbers == [row["id"] for row in csv.DictReader(file)]


def test_every_quote_stands_in_the_letter():
    text = re.sub(r"\s", "", register.letter())
    for one in register.clauses():
        assert one.zh and one.zh in text, one.id


def test_every_clause_is_modelled_and_says_how():
    for one in register.clauses():
        assert one.modelled and one.en and one.mechanism and one.when_off, one.id
        if one.id in OUTCOMES:
            assert (one.home, one.switched, one.levers) == ("indicators", False, ()), one.id
            assert one.why and not register.when_off(one.id), one.id
        else:
            assert one.home in register.HOMES and one.switched and one.levers and not one.why, one.id


def test_every_home_opens_with_the_words_of_its_clauses():
    for home in register.HOMES:
        own = [one for one in register.clauses() if one.home == home]
        words = re.sub(r"\s", "", (PACKAGE / "letter" / home / "__init__.py").read_text(encoding="utf-8"))
        assert own
        for one in own:
            assert f"{one.id}{one.zh}" in words, one.id


@pytest.mark.parametrize("name", register.levers())
def test_every_lever_is_complete(name):
    one = register.levers()[name]
    home = name.partition(".")[0]
    assert register.clause(one.clause).home == home
    assert re.search(r"[a-z]", one.en) and re.search(r"[\u4e00-\u9fff]", one.zh)
    assert one.source.strip() and one.standing in ("sourced", "derived", "estimate", "calibrated")
    assert not (one.standing == "sourced" and one.source == "reasoned"), "a sourced number names its source"
    assert one.problem(one.coerce(one.default)) is None
    if one.kind in ("int", "float"):
        assert one.low < one.high, "bounds leave room"
    else:
        assert one.low is None and one.high is None and not one.unit
        assert one.kind == "bool" or len(one.choices) > 1


def test_the_lever_that_is_promised():
    one = register.levers()["differential.surcharge_below_d"]
    assert (one.low, one.high, one.default, one.unit, one.clause) == (0.0, 1.0, 0.30, "yuan/kWh", "4.3")


@pytest.mark.parametrize("number", [one.id for one in register.clauses() if one.switched])
def test_switching_a_clause_off_changes_its_levers(number):
    moved = register.when_off(number)
    assert moved
    changed = []
    for name, value in moved.items():
        one = register.levers()[name]
        assert one.coerce(value) == value and one.problem(value) is None, name
        changed.append(value != read(Levers(), name))
    assert any(changed) and any(register.levers()[name].clause == number for name in moved)


@pytest.mark.parametrize("home", register.HOMES)
def test_every_lever_is_read_by_a_rule(home):
    own = [path for path in (PACKAGE / "letter" / home).glob("*.py") if path.name != "levers.py"]
    above = [*(PACKAGE / "firm").glob("*.py"), PACKAGE / "quarter.py"]
    used = {name for path in [*own, *above] for name in _names_read(ast.parse(path.read_text(encoding="utf-8")))}
    used |= _read_through_properties(home, used)
    fields = [name.partition(".")[2] for name in register.levers() if name.startswith(f"{home}.")]
    assert fields and not [field for field in fields if field not in used], "levers that no rule reads"


def test_every_assumption_is_read_by_a_rule():
    paths = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "assumptions"]
    used = {name for path in paths for name in _names_read(ast.parse(path.read_text(encoding="utf-8")))}
    assert not [name for name in Assumptions.__dataclass_fields__ if name not in used], "assumptions that no rule reads"


def _names_read(tree):
    """Attributes that are read, and words (a table of names is read with `getattr`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            yield node.value


def _read_through_properties(home, used):
    """Fields that a property of the levers reads, if a rule reads the property."""
    tree = ast.parse((PACKAGE / "letter" / home / "levers.py").read_text(encoding="utf-8"))
    fields = [name.partition(".")[2] for name in register.levers() if name.startswith(f"{home}.")]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.decorator_list and node.name in used:
            found |= set(_names_read(node))
            endings = {
                part.value
                for one in ast.walk(node)
                if isinstance(one, ast.JoinedStr)
                for part in one.values
                if isinstance(part, ast.Constant)
            }
            found |= {field for field in fields if any(field.endswith(ending) for ending in endings)}
    return found
