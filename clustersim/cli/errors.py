"""How a command ends: one line on standard error for what went wrong, the full story in the log, and the exit code."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, Final

import typer

from clustersim.foundation import machine
from clustersim.scenario import ScenarioError
from clustersim.world.datafiles import DataError

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130


class Interrupted(Exception):  # noqa: N818  (nothing went wrong)
    """The user stopped the command; the message says what was kept."""


def guarded(app: Callable[..., Any], arguments: list[str] | None) -> int:
    """Run the commands; every way to fail becomes a line and an exit code, none a traceback."""
    machine.make_console_safe()
    log = machine.set_up_logging()
    try:
        code = app(args=arguments, standalone_mode=False, prog_name="clustersim")
        if code == INTERRUPTED:  # typer's own answer to Ctrl-C
            raise Interrupted
        return code if isinstance(code, int) else DONE
    except (ScenarioError, DataError) as wrong:
        return _say(str(wrong), BAD_INPUT)
    except typer.TyperException as wrong:  # an unknown option, a word where a number should be
        if type(wrong).__name__ == "NoArgsIsHelpError":
            emit(wrong.format_message())
            return DONE
        return _say(_one_line(wrong.format_message()), BAD_INPUT)
    except (Interrupted, KeyboardInterrupt, typer.Abort) as wrong:
        return _say(str(wrong) or "Interrupted: nothing was finished, nothing is kept", INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # the reader of --help has gone; typer leaves by itself then
        close_quietly()
        return DONE
    except Exception as wrong:
        logging.getLogger("clustersim").exception("The command %s failed", sys.argv[1:])
        return _say(f"{what_failed(wrong)}. The full story is in {log}", FAILED)


def what_failed(wrong: BaseException) -> str:
    """An unexpected error in a few words.

    >>> what_failed(OSError(errno.ENOSPC, "No space left on device", "runs/letter/map.png"))
    'The disk is full (runs/letter/map.png)'
    """
    if isinstance(wrong, MemoryError):
        return "Not enough memory for this run: fewer --firms or --threads need less"
    if isinstance(wrong, OSError):
        where = f" ({wrong.filename})" if wrong.filename else ""
        if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"The disk is full{where}"
        return f"The system said: {_one_line(wrong.strerror or str(wrong))}{where}"
    return f"Something went wrong: {type(wrong).__name__}: {_one_line(str(wrong))[:200]}"


def emit(text: str) -> None:
    """Print to standard output; a reader that has gone (`| head`) is nobody's error."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()


def close_quietly() -> None:
    """Let the interpreter's last flush meet something that takes everything."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def refuse(where: str, problem: str | None) -> None:
    """ScenarioError when there is a problem."""
    if problem:
        raise ScenarioError(f"{where}: {problem}")


def _say(message: str, code: int) -> int:
    with contextlib.suppress(OSError):
        print(_one_line(message), file=sys.stderr)
    return code


def _one_line(text: str) -> str:
    return " ".join(text.split())
