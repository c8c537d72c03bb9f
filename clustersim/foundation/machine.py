"""The one home of what depends on the machine: folders, whole files, what it is, the checkout, the log, the console.

Nothing else in the package asks the operating system, so that another one is a small step. No numba and no pandas
here: `compiled` needs its cache folder before numba is imported, and the lower floors never pay for pandas.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import io
import logging
import logging.handlers
import os
import platform
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, TextIO

import platformdirs

PACKAGE: Final = Path(__file__).resolve().parents[1]
ABOVE_THE_QUARTER: Final = ("model", "lab", "show", "cli", "__main__.py")  # no bit of a run depends on them
# What pyproject.toml asks for, and llvmlite, which makes the machine code (a test keeps the two lists together).
LIBRARIES: Final = (
    "llvmlite", "matplotlib", "mesa", "numba", "numpy", "pandas", "platformdirs", "pyarrow", "scipy", "tqdm", "typer",
    "zhplot",
)  # fmt: skip
LOCK: Final = ".lock"  # the file by which a folder is held
LOG_BYTES: Final = 1_000_000  # of one log file; two older ones are kept
ONLY_MINE: Final = 0o700  # compiled code is run when it is read back: nobody else may put it there


# Folders ------------------------------------------------------------------------------------------------------------


def cache_folder() -> Path:
    """The user's folder for what can be made again; CLUSTERSIM_CACHE_DIR names another."""
    return _first_writable("CLUSTERSIM_CACHE_DIR", platformdirs.user_cache_path("clustersim", appauthor=False))


def log_folder() -> Path:
    """The user's folder for logs; CLUSTERSIM_LOG_DIR names another."""
    return _first_writable("CLUSTERSIM_LOG_DIR", platformdirs.user_log_path("clustersim", appauthor=False))


def folder_problem(path: Path) -> str | None:
    """Why a run folder cannot be written at `path`, in one phrase; None when it can. Leaves nothing behind.

    >>> folder_problem(Path(__file__))
    'it is a file, not a folder'
    """
    whole = path.absolute()
    try:
        nearest = next(one for one in (whole, *whole.parents) if one.exists() or one.is_symlink())
        name = "it" if nearest == whole else str(nearest)
        if not nearest.exists():
            return f"{name} is a link to nothing"
        if not nearest.is_dir():
            return f"{name} is a file, not a folder"
        problem = _write_problem(nearest)
    except OSError as error:  # a name too long, a parent that may not be looked into
        return f"it cannot be reached ({error.strerror})"
    return None if problem is None else f"{name} cannot be written to ({problem})"


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader, or a kill at any moment, meets the old or the new one and never a part.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "answer.txt", "five indices")
    ...     [(one.name, one.read_text()) for one in Path(folder).iterdir()]
    [('answer.txt', 'five indices')]
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    # Not by tempfile: its files are for their owner alone, and results are read by colleagues.
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder against other processes while the block lasts; gives False when another one holds it.

    The system lets go of it when the process ends, however it ends; processes forked from it do not hold it.
    """
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            yield False
            return
        yield True


def _first_writable(variable: str, usual: Path) -> Path:
    """The folder an environment variable names, else the usual one, else one of ours among the temporary files."""
    named = os.environ.get(variable)
    wanted = Path(named).absolute() if named else usual
    # A user without a home gets "~" back: taken as it is, it would make a folder of that name right here.
    if wanted.is_absolute():
        with contextlib.suppress(OSError):
            wanted.mkdir(mode=ONLY_MINE, parents=True, exist_ok=True)
            if _write_problem(wanted) is None:
                return wanted
    return _temporary_folder()


def _temporary_folder() -> Path:
    """A folder among the temporary files that is surely ours; a fresh one when somebody else took the name."""
    user = os.getuid() if hasattr(os, "getuid") else 0  # elsewhere each user has a temporary folder anyway
    folder = Path(tempfile.gettempdir()) / f"clustersim-{user}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=ONLY_MINE, exist_ok=True)
        about = folder.lstat()
        ours = not hasattr(os, "getuid") or (about.st_uid == user and about.st_mode & 0o077 == 0)
        if ours and not folder.is_symlink() and _write_problem(folder) is None:
            return folder
    return _fresh_temporary_folder()


@functools.cache
def _fresh_temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="clustersim-"))


def _write_problem(folder: Path) -> str | None:
    """What the system says when a file is made there. Asking for rights alone misses quotas and read-only mounts."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror or type(error).__name__


# Sources and compiled code ------------------------------------------------------------------------------------------


@functools.cache
def source_fingerprint() -> str:
    """What tells sources that decide the bits of a run from any other: 16 hex digits over their .py files.

    Floors above the quarter run, ask and show: a change there makes no result another one, and compiles nothing anew.

    >>> len(source_fingerprint())
    16
    """
    return _fingerprint_of(PACKAGE, ABOVE_THE_QUARTER)


@functools.cache
def package_fingerprint() -> str:
    """The same over every file of the package: for processes that have to work together."""
    return _fingerprint_of(PACKAGE)


def file_fingerprint(path: Path) -> str:
    """16 hex digits over the bytes of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def compile_cache_folder() -> Path:
    """Where machine code made from exactly these sources, libraries and kind of processor is kept."""
    python = f"python{platform.python_version()}"
    libraries = [f"{name}{_version(name) or '-none'}" for name in ("numba", "numpy")]
    return cache_folder() / "compiled" / "-".join([source_fingerprint(), python, *libraries, platform.machine()])


def prune_compile_cache(keep: int = 4) -> None:
    """Keep the present folder of compiled code and the `keep - 1` used last before it; remove the rest.

    Other processes may prune at the same time: what is gone already is nobody's error.
    """
    present = compile_cache_folder()
    with contextlib.suppress(OSError):
        os.utime(present)  # the time of last use; code written deeper down does not change it
    with contextlib.suppress(OSError):
        others = [one for one in present.parent.iterdir() if one != present]
        for old in sorted(others, key=_time_of, reverse=True)[max(0, keep - 1) :]:
            shutil.rmtree(old, ignore_errors=True)


def _fingerprint_of(folder: Path, without: Collection[str] = ()) -> str:
    """16 hex digits over the names and bytes of the .py files in a folder, in the order of their names.

    Files in the folders `without`, or of that name, are left out.
    """
    digest = hashlib.sha256()
    for name, path in sorted((one.relative_to(folder).as_posix(), one) for one in folder.rglob("*.py")):
        if name.partition("/")[0] in without:
            continue
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


# What this machine is -----------------------------------------------------------------------------------------------


def facts() -> dict[str, str | int]:
    """What a reader of results needs to know about the machine; memory in bytes, 0 where it is not told.

    >>> list(facts())
    ['os', 'processor', 'cores', 'memory_bytes', 'python']
    """
    return {
        "os": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_bytes": _memory_bytes(),
        "python": platform.python_version(),
    }


def versions() -> dict[str, str]:
    """The version of each library used that is installed.

    >>> "numba" in versions()
    True
    """
    return {name: found for name in LIBRARIES if (found := _version(name)) is not None}


def git_commit() -> str | None:
    """The commit of the checkout this package is run from; None when it is not one, or git is not there to tell."""
    checkout = PACKAGE.parent
    if not (checkout / ".git").exists():  # else an installed package would name the project around it
        return None
    # Inside a git hook these variables point at another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(checkout), "rev-parse", "--verify", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True, env=environment)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def _version(library: str) -> str | None:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    """The name its maker gave the processor, or its kind."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        if names:
            return names[0]
    return platform.machine() or "unknown"


def _memory_bytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


# The log and the console --------------------------------------------------------------------------------------------


class _QuietLog(logging.handlers.RotatingFileHandler):
    """A log that gives up in silence: a full disk must not be met while reporting something else."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (the name is logging's)
        """Drop the record."""


def set_up_logging() -> Path:
    """Let the logger "clustersim" write to a file in the user's log folder; gives the file, for error messages."""
    path = log_folder() / "clustersim.log"
    logger = logging.getLogger("clustersim")
    for old in [one for one in logger.handlers if isinstance(one, _QuietLog)]:
        logger.removeHandler(old)
        old.close()
    # Opened at the first record, so that a command with nothing to tell leaves no file.
    log = _QuietLog(path, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", errors="backslashreplace", delay=True)
    log.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    logger.addHandler(log)
    logger.setLevel(logging.INFO)
    logger.propagate = False  # the console is for answers
    return path


def console_can_print(text: str, stream: TextIO | None) -> bool:
    """Whether a stream has every character of a text.

    >>> console_can_print("慈溪", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    False
    """
    if stream is None:
        return False
    try:
        text.encode(stream.encoding or "utf-8")  # a stream into memory has no encoding and takes everything
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def make_console_safe() -> None:
    """Print a question mark for what the console does not have, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):  # closed already
                stream.reconfigure(errors="replace")
