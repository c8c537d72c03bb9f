"""Every command and example of both READMEs works as it stands, in a smaller city."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import clustersim
from clustersim.cli import app, errors
from clustersim.scenario import shipped

HOME = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
SMALL = ["--firms", "300", "--until", "2021Q4", "--seeds", "1", "--quiet"]  # the last of an option counts

SMALLER = {  # of experiment files
    "firms = 5000": 'firms = 300\nuntil = "2021Q3"\nrecalibrate = false', "seeds = 20": "seeds = 1",
    "samples = 128": "samples = 8", "seeds = 10\n": "seeds = 5\n", "samples = 16\n": "samples = 4\n",
    "generations = 20": "generations = 2", "fresh_seeds = 40": "fresh_seeds = 20",
}  # fmt: skip


def blocks(name: str, kind: str = "") -> list[str]:
    text = (HOME / name).read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [block for one, block in found if one == kind]


@pytest.mark.parametrize("name", READMES)
def test_it_opens_with_the_two_commands(name: str) -> None:
    opening = blocks(name)[0].splitlines()
    assert [line.split("#")[0].split() for line in opening] == [["make", "run"], ["make", "test"]]


@pytest.mark.parametrize("name", READMES)
def test_every_command_works(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLUSTERSIM_LOG_DIR", str(tmp_path / "log"))
    for text in blocks(name, "toml"):
        called, block = text.splitlines()[0].removeprefix("# "), text
        for large, small in SMALLER.items():
            block = block.replace(large, small)
        (tmp_path / called).write_text(block, encoding="utf-8")
    commands = [
        shlex.split(line, comments=True)[1:]
        for block in blocks(name)
        for line in block.splitlines()
        if line.startswith("clustersim ")
    ]
    assert len(commands) >= 10
    for command in commands:
        small = SMALL if command[0] in ("run", "compare", "attribute") else []
        small = ["--quick", "--quiet"] if command[0] == "bench" else small
        assert errors.guarded(app, [*command, *small]) == 0, command


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_works(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    example, _ = blocks(name, "python")  # the other is for users of Mesa: tests/model
    scope: dict[str, Any] = {}
    exec(compile(example.replace("firms=5000", "firms=300"), name, "exec"), scope)
    assert isinstance(scope["result"], clustersim.Result)
    assert (tmp_path / "results" / "dear-power" / "map.png").is_file()


@pytest.mark.parametrize("name", READMES)
def test_every_shipped_scenario_is_named(name: str) -> None:
    text = (HOME / name).read_text(encoding="utf-8")
    assert not [one for one in shipped() if f"`{one}`" not in text]


def test_the_message_shown_is_the_message_given(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = (block for block in blocks("README.md") if block.startswith("$ "))
    command, said = block.splitlines()
    assert errors.guarded(app, shlex.split(command)[2:]) == 2
    assert capsys.readouterr().err == said + "\n"
