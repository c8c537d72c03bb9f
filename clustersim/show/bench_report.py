"""What `clustersim bench` prints: rows, ratios with their targets, and how it was measured; and the same as JSON."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from clustersim.foundation import machine
from clustersim.lab.bench import TARGETS, Bench, Plan
from clustersim.lab.floor import LOOPS
from clustersim.lab.timing import Row
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100  # columns of a note
_SMALLER_IS_BETTER: Final = ("columns_over_floor",)


def report(found: Bench, lang: str) -> str:
    """The whole report in a language."""
    return "\n".join([
        say("bench_title", lang),
        *break_lines(_machine(lang), WIDTH),
        "",
        *_table(found.rows, lang),
        "",
        *_ratios(found, lang),
        "",
        *_notes(found, lang),
    ])  # fmt: skip


def as_json(found: Bench) -> dict[str, Any]:
    """Everything as plain values; a ratio of what was not measured is null."""
    told = found.traffic
    return {
        "machine": machine.facts(),
        "versions": machine.versions(),
        "rows": [dataclasses.asdict(one) for one in found.rows],
        "ratios": found.ratios(),
        "targets": dict(TARGETS),
        "left_out": found.left_out,
        "interrupted": found.interrupted,
        "plan": dataclasses.asdict(found.plan),
        "history_seconds": found.history_seconds,
        "compiling_seconds": found.compiling._asdict() if found.compiling else None,
        "floor": {
            "bytes_a_second": found.bandwidth.bytes_a_second if found.bandwidth else None,
            "bytes_per_firm_quarter": told.bytes_per_firm if told else None,
            "read": list(told.read) if told else [],
            "written": list(told.written) if told else [],
            "loops": [one.__name__ for one in LOOPS],
        },
    }


def _machine(lang: str) -> str:
    facts, versions = machine.facts(), machine.versions()
    return say(
        "bench_machine", lang, processor=facts["processor"], cores=facts["cores"],
        memory=int(facts["memory_bytes"]) / 1e9, os=facts["os"], python=facts["python"], numba=versions.get("numba"),
        numpy=versions.get("numpy"),
    )  # fmt: skip


def _table(rows: list[Row], lang: str) -> list[str]:
    names = ("engine", "firms", "threads", "ns", "spread", "whole", "cpu", "bytes", "ready")
    cells = [[say(f"bench_{name}", lang) for name in names]]
    for one in rows:
        cells.append([
            say(f"bench_{one.engine}", lang), f"{one.firms:,}", str(one.threads), f"{one.ns_per_firm_quarter:,.1f}",
            f"{one.spread:.1%}", _number(one.ns_whole_run), _number(one.ns_processor), f"{one.bytes_per_firm:,.0f}",
            "-" if one.ready_seconds is None else f"{one.ready_seconds:.3f}",
        ])  # fmt: skip
    return columns(cells, right=range(1, len(names)))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f}"


def _ratios(found: Bench, lang: str) -> list[str]:
    cells = [[say(f"bench_{name}", lang) for name in ("ratio", "reached", "wanted")] + [""]]
    for name, reached in found.ratios().items():
        less = name in _SMALLER_IS_BETTER
        intended = found.plan.floor_firms == Plan().floor_firms if less else found.plan.firms == Plan().firms
        wanted = TARGETS.get(name) if intended else None  # targets are for these sizes and no others
        bound, verdict = "-", ""
        if wanted is not None:
            bound = say("bench_at_most" if less else "bench_at_least", lang, value=wanted)
        if wanted is not None and reached is not None:
            met = reached <= wanted if less else reached >= wanted
            verdict = say("bench_met" if met else "bench_missed", lang)
        ratio = say(f"bench_{name}", lang, firms=found.plan.floor_firms)
        cells.append([ratio, "-" if reached is None else f"{reached:,.1f}", bound, verdict])
    return columns(cells, right=[1])


def _notes(found: Bench, lang: str) -> list[str]:
    notes = [say("bench_how", lang, repeats=found.plan.repeats)]
    notes += [say("bench_cores", lang, cores=one.cores) for one in found.rows if one.cores is not None]
    if found.traffic and found.bandwidth:
        notes.append(say(
            "bench_floor", lang, read=len(found.traffic.read), written=len(found.traffic.written),
            moved=found.traffic.bytes_per_firm, gigabytes=found.bandwidth.bytes_a_second / 1e9,
        ))  # fmt: skip
    settled = {"firms": found.plan.firms, "history": found.history_seconds}
    if found.compiling:
        notes.append(say("bench_compiling", lang, cold=found.compiling.cold, warm=found.compiling.warm, **settled))
    else:
        notes.append(say("bench_history", lang, **settled))
    notes += [say("bench_left_out", lang, what=what) for what in found.left_out]
    notes += [say("bench_stopped", lang)] if found.interrupted else []
    return [line for note in notes for line in break_lines(note, WIDTH)]
