"""Floor 9: the commands.

`main` is what `clustersim` runs. Heavy imports wait until a command needs them, so that `--help` is quick.
"""

from __future__ import annotations

import gc
from typing import Annotated, NoReturn

import typer

import clustersim
from clustersim.cli import attribute, bench, check, clauses, compare, errors, explain, run, search, sensitivity, sweep

app = typer.Typer(
    name="clustersim",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)
app.command("run")(run.run)
app.command("compare")(compare.compare)
app.command("sweep")(sweep.sweep)
app.command("attribute")(attribute.attribute)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("search")(search.search)
app.command("clauses")(clauses.list_clauses)
app.command("check")(check.check)
app.command("explain")(explain.explain)
app.command("bench")(bench.bench)


def _version(wanted: bool) -> None:
    if wanted:
        errors.emit(f"clustersim {clustersim.__version__}")
        raise typer.Exit


@app.callback()
def clustersim_(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """What a public letter of 2021 does to the industry of Cixi (慈溪): firms, parks, land, and five indices.

    \b
    clustersim run                      simulate the letter at city scale, print the five indices, write a run folder
    clustersim run none --firms 5000    the world without any clause, in a smaller city of the same shape
    clustersim compare none letter      the same seeds under both: differences, intervals, decided or not
    clustersim sweep plan.toml          many policies under many seeds; start it again and it goes on
    clustersim attribute letter         what each chapter contributes to each goal, and each clause
    clustersim sensitivity plan.toml    which numbers decide a result, and how much of it is luck
    clustersim search aims.toml         the cheapest policies that meet targets with a chosen probability
    clustersim clauses                  what can be changed: every clause, its levers, their bounds and sources
    clustersim check my.toml            is this scenario fine, and what does it change
    clustersim explain RUN_DIR UID      why this firm did what it did, quarter by quarter, in yuan
    clustersim bench                    how fast a quarter is on this machine, against firm-by-firm engines

    `clustersim COMMAND --help` tells the options of each.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and leave with 0 done, 2 bad input, 130 interrupted, 1 anything else."""
    gc.set_threshold(100_000, 20, 50)  # libraries make a million objects that stay: looking over them took 0.5 s
    raise SystemExit(errors.guarded(app, arguments))
