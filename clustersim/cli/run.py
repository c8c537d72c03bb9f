"""`clustersim run`: one policy, one or more seeds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.foundation import machine
from clustersim.foundation.words import HORIZON
from clustersim.scenario import load_scenario
from clustersim.scenario.options import apply
from clustersim.show.words import say

if TYPE_CHECKING:
    from clustersim.show.results import Result

RUNS: Final = Path("runs")  # where run folders go unless told otherwise


def run(
    scenario: Annotated[str, typer.Argument(help="A shipped name (letter, none, ...) or a TOML file.")] = "letter",
    *,
    off: options.Off = None,
    only: options.Only = None,
    sets: options.Set = None,
    firms: Annotated[
        int, typer.Option(metavar="N", help="Firms: fewer make a smaller city of the same shape.")
    ] = 50_000,
    seeds: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="How many seeds, from --seed on.")] = 1,
    seed: options.Seed = 1,
    population_seed: options.PopulationSeed = 1,
    until: options.Until = str(HORIZON),
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The run folder. [default: runs/SCENARIO-ID]", show_default=False)
    ] = None,
    data: options.Data = None,
    grid: options.Grid = "1km",
    qianwan: options.Qianwan = False,
    firms_table: Annotated[
        bool, typer.Option("--firms-table", help="Also write firms.parquet: the firms of the last quarter.")
    ] = False,
    threads: options.Threads = None,
    events: Annotated[
        bool, typer.Option("--events", help="Also write events.parquet: every event of every firm with its cause.")
    ] = False,
    engine: options.Engine = "columns",
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Simulate a policy and print the five indices and the published targets.

    Writes a folder with manifest.json, indicators.parquet, paths.png and map.png. The same command gives the same
    indicators, bit for bit, on any number of threads.

    \b
    clustersim run                                         the letter as written
    clustersim run letter --off 4.3                        ... without graded electricity prices
    clustersim run --set differential.surcharge_below_d=0.5
    clustersim run --firms 5000 --seeds 20                 a chance of reaching each target needs 20 seeds
    clustersim run my.toml --out results/my --lang en
    """
    policy = apply(load_scenario(scenario), sets=sets or (), off=off or (), only=only or ())

    from clustersim.indicators.targets import own_targets
    from clustersim.lab.runs import Setting
    from clustersim.show import results
    from clustersim.world import geography, sectors, totals

    own_targets(policy.targets)  # refuses a target that nothing measures
    if data is not None:  # refused before anything is shown
        geography.load(grid, qianwan, data)
        sectors.load(data)
        totals.load(data)
    setting = Setting(firms, population_seed, options.quarter(until), grid, qianwan, data)
    wanted = list(range(seed, seed + seeds))
    mine = results.identity(policy, setting, wanted)
    folder = out or RUNS / results.short_name(policy, mine)
    errors.refuse(f"--out {folder}", results.folder_problem(folder, mine))
    with Progress(shown=not (quiet or as_json)) as progress:
        result = results.run(
            policy, wanted, firms=firms, population_seed=population_seed, until=setting.until,
            threads=options.cores(threads), grid=grid, qianwan=qianwan, data=data,
            firms_table=firms_table, events=events, engine=engine, progress=progress,
        )  # fmt: skip
    machine.prune_compile_cache()
    if result.outcome.interrupted and out is None:  # fewer seeds: another run than the one that was meant
        outcome = result.outcome
        folder = RUNS / results.short_name(policy, results.identity(policy, setting, outcome.seeds))
    result.save(folder, lang=lang)
    _tell(result, folder, lang, quiet, as_json)
    if result.outcome.interrupted:
        raise errors.Interrupted(say("interrupted", "en", count=len(result.outcome.seeds), folder=folder))


def _tell(result: Result, folder: Path, lang: str, quiet: bool, as_json: bool) -> None:
    """Print the result: as JSON and nothing else, or as tables unless quiet."""
    from clustersim.show import console

    if as_json:
        told = {"fingerprint": result.manifest["fingerprint"], "out": str(folder), **console.as_json(result.outcome)}
        errors.emit(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
    elif not quiet:
        chinese = machine.console_can_print("慈溪", sys.stdout)
        errors.emit(console.report(result.outcome, lang, chinese=chinese))
        errors.emit(f"\n{say('written', lang if chinese else 'en', folder=folder)}")
