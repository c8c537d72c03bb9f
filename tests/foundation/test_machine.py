"""What depends on the machine gives way in silence, and never leaves half a file."""

import io
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clustersim.foundation import machine


@pytest.fixture(autouse=True)
def folders_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's folders."""
    monkeypatch.setenv("CLUSTERSIM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CLUSTERSIM_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


# Folders


def test_the_environment_names_the_folders(tmp_path: Path) -> None:
    assert machine.cache_folder() == tmp_path / "cache"
    assert machine.log_folder() == tmp_path / "log"


@pytest.mark.parametrize("folder", [machine.cache_folder, machine.log_folder])
def test_without_the_environment_the_folders_are_the_users(folder, tmp_path: Path, monkeypatch) -> None:
    for name in ("CACHE", "LOG"):
        monkeypatch.delenv(f"CLUSTERSIM_{name}_DIR")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    assert folder().is_relative_to(tmp_path / "user")


def test_a_folder_that_cannot_be_written_is_replaced_by_a_private_temporary_one(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("CLUSTERSIM_CACHE_DIR", str(tmp_path / "taken" / "cache"))
    folder = machine.cache_folder()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    assert machine.cache_folder() == folder


def test_a_temporary_folder_that_others_can_write_is_not_trusted(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("CLUSTERSIM_CACHE_DIR", str(tmp_path / "taken"))
    machine._fresh_temporary_folder.cache_clear()
    open_to_all = machine.cache_folder()
    open_to_all.chmod(0o777)
    assert machine.cache_folder() != open_to_all
    assert machine.cache_folder() == machine.cache_folder()
    machine._fresh_temporary_folder.cache_clear()


def test_a_user_without_a_home_gets_no_folder_named_after_the_tilde(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("CLUSTERSIM_CACHE_DIR")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/clustersim"))
    monkeypatch.chdir(tmp_path)
    assert machine.cache_folder().is_absolute()
    assert not (tmp_path / "~").exists()


def test_a_run_folder_may_be_there_or_be_made(tmp_path: Path) -> None:
    assert machine.folder_problem(tmp_path) is None
    assert machine.folder_problem(tmp_path / "deep" / "deeper") is None
    assert list(tmp_path.iterdir()) == []


def test_why_a_run_folder_cannot_be_written(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert machine.folder_problem(tmp_path / "file") == "it is a file, not a folder"
    assert machine.folder_problem(tmp_path / "file" / "run") == f"{tmp_path / 'file'} is a file, not a folder"
    assert machine.folder_problem(tmp_path / "link") == "it is a link to nothing"
    assert machine.folder_problem(tmp_path / ("n" * 300)) == "it cannot be reached (File name too long)"
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert machine.folder_problem(tmp_path) == "it cannot be written to (Permission denied)"
    assert machine.folder_problem(tmp_path / "new") == f"{tmp_path} cannot be written to (Permission denied)"


# Whole files


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "慈溪.txt"
    machine.write_whole(path, "旧\n")
    machine.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_colleagues_may_read_what_is_written(tmp_path: Path) -> None:
    usual, whole = tmp_path / "usual", tmp_path / "whole"
    usual.write_text("x")
    machine.write_whole(whole, "x")
    assert whole.stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_failed_write_leaves_the_old_file_alone(step: str, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "result"
    machine.write_whole(path, "old")
    monkeypatch.setattr(step, refuse)
    with pytest.raises(PermissionError):
        machine.write_whole(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


# Sources and compiled code


def test_the_fingerprint_sees_names_and_bytes_of_sources_alone(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "floor").mkdir(parents=True)
    (package / "floor" / "rule.py").write_text("a = 1")
    first = machine._fingerprint_of(package)
    (package / "floor" / "table.csv").write_text("1")
    assert machine._fingerprint_of(package) == first
    (package / "floor" / "rule.py").write_text("a = 2")
    second = machine._fingerprint_of(package)
    (package / "floor" / "rule.py").rename(package / "rule.py")
    assert len({first, second, machine._fingerprint_of(package)}) == 3
    (package / "shown").mkdir()
    (package / "shown" / "table.py").write_text("b = 1")
    third = machine._fingerprint_of(package, without=["shown"])
    (package / "shown" / "table.py").write_text("b = 2")
    assert machine._fingerprint_of(package, without=["shown"]) == third != machine._fingerprint_of(package)


def test_what_is_left_out_of_the_fingerprint_is_above_the_quarter() -> None:
    """No file below imports what is left out, so that no bit of a run can depend on it."""
    above = machine.ABOVE_THE_QUARTER
    for path in machine.PACKAGE.rglob("*.py"):
        if path.relative_to(machine.PACKAGE).parts[0] in above or path.parent == machine.PACKAGE:
            continue
        text = path.read_text(encoding="utf-8")
        assert not [one for one in above if f"from clustersim.{one}" in text or f"import clustersim.{one}" in text], (
            path
        )


def test_compiled_code_is_kept_by_sources_and_versions(tmp_path: Path) -> None:
    folder = machine.compile_cache_folder()
    assert folder.parent == tmp_path / "cache" / "compiled"
    assert folder.name.startswith(machine.source_fingerprint())
    assert f"numba{machine.versions()['numba']}" in folder.name


def test_pruning_keeps_the_present_folder_and_those_used_last(monkeypatch) -> None:
    present = machine.compile_cache_folder()
    for age, folder in enumerate([*(present.with_name(f"old{number}") for number in range(6)), present]):
        (folder / "inside").mkdir(parents=True)
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))  # the present one is the oldest of all
    machine.prune_compile_cache(keep=4)
    assert sorted(one.name for one in present.parent.iterdir()) == sorted([present.name, "old0", "old1", "old2"])
    machine.prune_compile_cache(keep=0)
    assert list(present.parent.iterdir()) == [present]


def test_pruning_what_others_prune_is_no_error(tmp_path: Path, monkeypatch) -> None:
    machine.prune_compile_cache()  # there is nothing yet
    gone = machine.compile_cache_folder().with_name("gone")
    gone.mkdir(parents=True)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([gone, gone.with_name("gone too")]))
    machine.prune_compile_cache(keep=1)
    machine.prune_compile_cache(keep=1)
    assert not gone.exists()


def test_the_door_to_the_machine_brings_neither_numba_nor_pandas() -> None:
    code = "import sys, clustersim.foundation.machine; print({'numba', 'pandas'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=machine.PACKAGE.parent, capture_output=True, check=True)
    assert answer.stdout.decode().strip() == "set()"


# What this machine is


def test_facts_are_plain() -> None:
    facts = machine.facts()
    assert facts["cores"] >= 1
    assert facts["memory_bytes"] == 0 or facts["memory_bytes"] > 2**27
    assert all(facts[name] for name in ("os", "processor", "python"))


def test_only_what_is_installed_has_a_version(monkeypatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", ("numpy", "no-such-library"))
    assert list(machine.versions()) == ["numpy"]


def test_the_commit_is_that_of_the_checkout(tmp_path: Path, monkeypatch) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    monkeypatch.setattr(machine, "PACKAGE", tmp_path / "clustersim")
    assert machine.git_commit() is None  # not a checkout
    try:
        subprocess.run([*git, "init", "-q"], check=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    assert machine.git_commit() is None  # no commit yet
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    found = machine.git_commit()
    assert found is not None
    assert len(found) == 40
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert machine.git_commit() == found
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.git_commit() is None  # git is not installed


# The log and the console


def test_the_log_takes_what_it_is_told_once(tmp_path: Path) -> None:
    machine.set_up_logging()
    path = machine.set_up_logging()
    assert path == tmp_path / "log" / "clustersim.log"
    assert not path.exists()
    logging.getLogger("clustersim.lab").info("慈溪 \udc80")
    assert path.read_text(encoding="utf-8").count("慈溪 \\udc80") == 1


def test_a_log_that_cannot_be_written_says_nothing(monkeypatch, capfd) -> None:
    path = machine.set_up_logging()
    path.mkdir()  # as good as a full disk
    logging.getLogger("clustersim").error("unheard")
    assert capfd.readouterr() == ("", "")


def test_a_stream_without_the_characters_cannot_print_them() -> None:
    assert machine.console_can_print("慈溪", io.TextIOWrapper(io.BytesIO(), encoding="gbk"))
    assert machine.console_can_print("慈溪", io.StringIO())
    assert not machine.console_can_print("慈溪", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert not machine.console_can_print("慈溪", None)


def test_a_console_made_safe_prints_question_marks(monkeypatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    monkeypatch.setattr("sys.stderr", None)
    machine.make_console_safe()
    print("慈溪 2021", flush=True)
    assert written.getvalue().split() == [b"??", b"2021"]
