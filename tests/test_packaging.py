"""The package can be made anywhere, from locks that say what and never from where."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from clustersim.foundation import machine

ROOT = Path(__file__).parents[1]
LOCKS = ["base", "everything", "ema"]
# Written so that these lines do not match themselves.
REGISTRY = r"(pypi|pythonhosted|npmjs|debian|conda|anaconda)\.(org|com|io)"
MACHINE_PATH = r"(^|[^A-Za-z0-9_./])/(work|root|home|tmp|opt|Users)/"


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def lock_text(name: str) -> str:
    return (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def locked(name: str) -> dict[str, str]:
    """Library -> exact version."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lock_text(name), re.MULTILINE)
    return {canonicalize_name(library): version for library, version in pins}


def assert_locked(requirements: list[str], lock: str) -> None:
    for requirement in map(Requirement, requirements):
        version = locked(lock).get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in locks/{lock}.txt: make locks"
        assert requirement.specifier.contains(version), f"{requirement} but {version} is locked: make locks"


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    lines = [line for line in lock_text(name).splitlines() if not line.lstrip().startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines).strip())
    assert len(entries) == len(locked(name)) > 3
    for entry in entries:
        assert re.fullmatch(r"[\w.-]+==[\w.!+]+( ; [^\\]+)? \\(\s+--hash=sha256:[0-9a-f]{64}( \\)?)+", entry), entry
    assert "//" not in lock_text(name)


def test_everything_adds_to_base_and_changes_nothing() -> None:
    assert locked("base").items() <= locked("everything").items()


def test_ema_adds_to_everything_and_repeats_nothing() -> None:
    """It is unpacked beside the environment: a second copy of a library would hide the one that is there."""
    assert not locked("ema").keys() & locked("everything").keys()


def test_dependencies_are_locked() -> None:
    assert_locked(project()["project"]["dependencies"] + project()["build-system"]["requires"], "base")
    for extra in project()["project"]["optional-dependencies"].values():
        assert_locked(extra, "everything")
    for name, lock in {"build": "base", "ema": "ema"}.items():
        lines = (ROOT / "locks" / f"{name}.in").read_text(encoding="utf-8").splitlines()
        assert_locked([line for line in lines if not line.startswith("#")], lock)


def test_the_bare_install_brings_nothing_of_an_extra() -> None:
    for extra in project()["project"]["optional-dependencies"].values():
        assert not {canonicalize_name(Requirement(line).name) for line in extra} & locked("base").keys()


def test_a_run_notes_the_version_of_every_dependency() -> None:
    names = {canonicalize_name(Requirement(line).name) for line in project()["project"]["dependencies"]}
    assert set(machine.LIBRARIES) == names | {"llvmlite"}
    assert list(machine.LIBRARIES) == sorted(machine.LIBRARIES)


def test_the_citation_is_of_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project()['project']['version']}\n" in citation


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH])
def test_no_file_names_a_registry_or_this_machine(pattern: str) -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a checkout")
    found = subprocess.run(
        ["git", "-C", str(ROOT), "grep", "-nIE", "-e", pattern], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (1, ""), found.stdout  # 1: nothing found


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(REGISTRY, "https://example.{}.org/simple".format("pypi")), (MACHINE_PATH, "see {}work/notes".format("/"))],
)
def test_the_patterns_would_find_one(pattern: str, text: str) -> None:
    assert re.search(pattern, text)


@pytest.fixture
def copy_without_git(tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "clustersim", copy / "clustersim", ignore=leave)
    for name in ("pyproject.toml", ".gitignore", "README.md", "LICENSE", "NOTICE"):
        shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.mark.slow
def test_a_copy_without_git_builds_with_every_file_of_the_package(copy_without_git: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(copy_without_git)], check=True)
    (wheel,) = tmp_path.glob("clustersim-*.whl")
    with zipfile.ZipFile(wheel) as content:
        inside = set(content.namelist())
    package = (one for one in (copy_without_git / "clustersim").rglob("*") if one.is_file())
    wanted = {one.relative_to(copy_without_git).as_posix() for one in package}
    assert "clustersim/py.typed" in wanted
    assert wanted <= inside, sorted(wanted - inside)
    outside = {name.partition("/")[2] for name in inside - wanted}
    assert {"METADATA", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"} <= outside


@pytest.mark.slow
def test_an_editable_install_needs_nothing_but_the_locks(copy_without_git: Path, tmp_path: Path) -> None:
    code = f"from hatchling.build import build_editable; build_editable({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=copy_without_git, check=True)
    assert len(list(tmp_path.glob("clustersim-*.whl"))) == 1
