"""`clustersim explain`: why a firm did what it did, and whose fate another policy turns."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.foundation import machine
from clustersim.foundation.words import POLICY_START
from clustersim.scenario import ScenarioError, load_scenario


def explain(
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    uid: Annotated[
        int | None,
        typer.Argument(metavar="UID", help="The firm: see firms.parquet (run --firms-table) or events.parquet."),
    ] = None,
    *,
    against: Annotated[
        str | None,
        typer.Option(metavar="SCENARIO", help="Where another policy parts its fate under the same luck, and by what."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Which seed of the run. [default: its first]", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Without UID: write the whole table of fates there, as CSV.")
    ] = None,
    data: options.Data = None,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Tell a firm's story quarter by quarter: its options in yuan, what barred the others, chances, luck, outcome.

    The run is lived once more from its manifest; a run made by other code is refused. With --against SCENARIO it says
    where that policy parts the firm's fate under the same luck, and which lever does it. With --against and no UID it
    counts the firms whose fate is turned, by town, sector and grade.

    \b
    clustersim run letter --firms 5000 --events --out runs/letter
    clustersim explain runs/letter 77
    clustersim explain runs/letter 77 --against none
    clustersim explain runs/letter --against small-voucher --out fates.csv
    """
    from clustersim.lab.rerun import read_run

    found = read_run(run_dir, data)
    seed = found.seeds[0] if seed is None else seed
    if seed not in found.seeds:
        raise ScenarioError(f"--seed: the run has no seed {seed}; it has {_span(found.seeds)}")
    if uid is None and against is None:
        raise ScenarioError("UID: say which firm, or give --against SCENARIO to count the fates it turns")
    if out is not None and uid is not None:
        raise ScenarioError("--out: only the table of fates is written to a file: leave out the UID")
    other = load_scenario(against) if against else None
    shown = lang if machine.console_can_print("慈溪", sys.stdout) or as_json else "en"
    with Progress(shown=not (quiet or as_json)) as progress:
        if uid is None:
            told = _fates(found, other, progress, shown, out)
        else:
            told = _story(found, uid, seed, other, progress, shown)
    text, plain = told
    if as_json:
        errors.emit(json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1))
    else:
        errors.emit(text)


def _story(found: Any, uid: int, seed: int, other: Any, progress: Progress, lang: str) -> tuple[str, dict[str, Any]]:
    from clustersim.histories import shared_history
    from clustersim.show import story
    from clustersim.why.parting import part
    from clustersim.why.replay import tell

    setting, scenario = found.setting, found.scenario
    total, done = 10 + (setting.until - POLICY_START + 1), [0]

    def step(what: str) -> None:
        done[0] += 1
        progress(min(done[0], total), total, what)

    history = shared_history(scenario, setting, lambda: step("history"))
    done[0] = 10
    told = tell(history, scenario, seed, uid, setting.until, lambda: step("policy"))
    text, plain = story.story_text(told, scenario.name, setting.firms, seed, lang), story.story_json(told)
    if other is not None:
        parting = part(scenario, other, setting, seed, uid, progress)
        text += "\n\n" + story.parting_text(parting, scenario.name, other.name, lang)
        plain["against"] = story.parting_json(parting)
    return text, plain


def _fates(found: Any, other: Any, progress: Progress, lang: str, out: Path | None) -> tuple[str, dict[str, Any]]:
    import pandas as pd

    from clustersim.show import fates
    from clustersim.why.fates import flipped_fates

    table = pd.DataFrame(flipped_fates(found.scenario, other, found.setting, found.seeds, progress))
    if out is not None:
        machine.write_whole(out, table.to_csv(index=False))
    names = found.scenario.name, other.name
    return fates.fates_text(table, *names, lang), fates.fates_json(table, *names)


def _span(seeds: tuple[int, ...]) -> str:
    return f"{seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else str(seeds[0])
