"""Answer the numbered questions again: sweeps run where something is missing, then tables, pictures and notebooks.

What is in `sweeps/` already is not run again. A rebuild gives the same bytes, but for what manifests say of day, commit
and machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from executing import execute

import clustersim
from clustersim.cli.progress import Progress
from clustersim.foundation import machine
from clustersim.foundation.words import Quarter
from clustersim.lab.sweep.running import print_of
from clustersim.scenario import ScenarioError
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.show.answers import METHODS
from clustersim.show.results_index import index

HERE = Path(__file__).parent
RESULTS, SWEEPS, NOTEBOOKS = HERE.parent / "results", HERE.parent / "sweeps", HERE / "notebooks"
FORMAT = 1
KEPT = ("name", "firms", "population_seed")  # of an experiment


def options(given: list[str] | None) -> argparse.Namespace:
    """What to answer, how large, and where to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", metavar="NN", help="one question, by its number; repeatable")
    parser.add_argument("--out", type=Path, default=RESULTS, help="default: results/")
    parser.add_argument("--sweeps", type=Path, default=SWEEPS, help="default: sweeps/")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="of tables and pictures")
    parser.add_argument("--workers", type=int, default=int(machine.facts()["cores"]), help="default: all cores")
    for name, what in (("firms", "a smaller city"), ("seeds", "fewer seeds"), ("orders", "fewer orders of clauses")):
        parser.add_argument(f"--{name}", type=int, help=f"{what}, for a quick try; needs --out")
    parser.add_argument("--until", type=Quarter.parse, help="an earlier end, for a quick try; needs --out")
    chosen = parser.parse_args(given)
    if chosen.out == RESULTS and any((chosen.firms, chosen.seeds, chosen.orders, chosen.until)):
        parser.error("a quick try belongs elsewhere: give --out DIR")
    return chosen


def questions(chosen: argparse.Namespace) -> list[Path]:
    """The files asked for, in order; ScenarioError for a number that no file has."""
    files = sorted(HERE.glob("[0-9][0-9]_*.toml"))
    missing = set(chosen.only or ()) - {one.name[:2] for one in files}
    if missing:
        raise ScenarioError(f"--only {min(missing)}: no such question; {', '.join(one.stem for one in files)}")
    return [one for one in files if not chosen.only or one.name[:2] in chosen.only]


def as_asked(path: Path, chosen: argparse.Namespace) -> Experiment:
    """The experiment of a file, in the size that was asked for."""
    asked = load_experiment(path)
    asked = replace(asked, firms=chosen.firms or asked.firms, seeds=chosen.seeds or asked.seeds)
    asked = replace(asked, until=chosen.until or asked.until)
    return METHODS[asked.answering.method].shorter(asked, chosen.orders) if chosen.orders else asked


def rebuild(path: Path, chosen: argparse.Namespace) -> str:
    """Answer one question into its folder; gives the line that tells of it."""
    started, asked = perf_counter(), load_experiment(path)
    if asked.answering.method not in METHODS:
        return f"{path.stem}: left out, a {asked.answering.method} is not answered here yet"
    asked = as_asked(path, chosen)
    method, folder = METHODS[asked.answering.method], chosen.out / path.stem
    parts = [path.stem, print_of(asked)[:8], method.code]  # another question, or other runs, go to another folder
    sweep = chosen.sweeps / "-".join(part for part in parts if part)
    with Progress(shown=True, unit="runs") as progress:
        found = method.answer(asked, sweep, workers=chosen.workers, progress=progress)
    folder.mkdir(parents=True, exist_ok=True)
    manifest = manifest_of(path, asked, {lang: method.findings(found, lang) for lang in ("zh", "en")})
    files = method.files(found, chosen.lang)
    write(folder, files, manifest)
    script = NOTEBOOKS / f"{path.stem}.py"
    if script.is_file():  # it reads what has just been written
        write(folder, execute(script, folder), manifest)
    return f"{path.stem}: {folder} in {perf_counter() - started:.0f} s"


def manifest_of(path: Path, asked: Experiment, found: dict[str, list[str]]) -> dict[str, object]:
    """What was asked and found, and what made it."""
    return {
        "format": FORMAT, "kind": "answer", "experiment": f"{HERE.name}/{path.name}",
        "method": asked.answering.method, "title": asked.title._asdict(), "question": asked.question._asdict(),
        **{name: getattr(asked, name) for name in KEPT}, "seeds": asked.seeds or asked.most_seeds,
        "until": str(asked.until),
        "policies": [one.name for one in asked.policies], "fingerprint": print_of(asked), "found": found,
        "version": clustersim.__version__, "code": machine.source_fingerprint(), "commit": machine.git_commit(),
        "versions": machine.versions(), "machine": machine.facts(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip


def write(folder: Path, files: dict[str, bytes], manifest: dict[str, object]) -> None:
    """Write files whole, then the manifest with the checksums of all that lies beside it."""
    for name, content in files.items():
        machine.write_whole(folder / name, content)
    beside = [one for one in sorted(folder.iterdir()) if one.is_file() and one.name != "manifest.json"]
    sums = {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in beside}
    text = json.dumps({**manifest, "files": sums}, ensure_ascii=False, indent=1) + "\n"
    machine.write_whole(folder / "manifest.json", text)


def main(given: list[str] | None = None) -> int:
    """Answer what is asked for; exit codes as of the command line."""
    chosen = options(given)
    try:
        for path in questions(chosen):
            sys.stdout.write(f"{rebuild(path, chosen)}\n")
            sys.stdout.flush()
        machine.write_whole(chosen.out / "README.md", index(chosen.out, chosen.lang))
    except ScenarioError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted: finished runs are kept in the sweep folders, start again to go on\n")
        return 130
    machine.prune_compile_cache()
    return 0


if __name__ == "__main__":
    sys.exit(main())
