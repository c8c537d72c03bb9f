"""The tables of ODD.md, generated from the code: `python -m clustersim.show.odd ODD.md` writes them anew."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path

from clustersim import quarter
from clustersim.foundation import machine
from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import Described
from clustersim.foundation.words import SECTOR_KEYS
from clustersim.indicators import INDICATORS, Indicator
from clustersim.letter.register import clauses
from clustersim.scenario import load_scenario
from clustersim.scenario.files import shipped
from clustersim.world import geography
from clustersim.world.books import ENDS
from clustersim.world.columns import Table, described_columns
from clustersim.world.firms import Firms
from clustersim.world.sectors import load as load_sectors
from clustersim.world.tables import Blocks, Parks, TownAccounts


def tables() -> dict[str, str]:
    """Every generated table by its marker, as Markdown."""
    return {
        "firms": columns(Firms),
        "parks": columns(Parks),
        "blocks": columns(Blocks),
        "accounts": columns(TownAccounts),
        "quarter": the_quarter(),
        "levers": levers(),
        "off": off(),
        "assumptions": markdown(
            ("assumption", "unit", "default", "range", "standing", "meaning", "source"),
            map(_numbers, DESCRIBED.values()),
        ),
        "indicators": markdown(("name", "中文", "English", "unit", "better", "meaning"), map(_indicator, INDICATORS)),
        "towns": the_towns(),
        "sectors": the_sectors(),
        "flows": markdown(
            ("flow of money", "from", "to"), ((_words(flow), _words(a), _words(b)) for flow, (a, b) in ENDS.items())
        ),
        "scenarios": the_scenarios(),
    }


def fill(text: str) -> str:
    """Put every generated table between its markers; KeyError names a marker nobody fills."""
    made = tables()
    return re.sub(
        r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}{made[found[2]]}\n{found[3]}",
        text,
        flags=re.DOTALL,
    )


def columns(table: type[Table]) -> str:
    """The columns of a table with unit and meaning."""
    rows = ((name, about["unit"] or "-", about["meaning"]) for name, about in described_columns(table).items())
    return markdown(("column", "unit", "meaning"), rows)


def the_quarter() -> str:
    """The source of the quarter, as it runs."""
    return f"```python\n{inspect.getsource(quarter.run_quarter).rstrip()}\n```"


def the_towns() -> str:
    """The towns, those of the Qianwan New Area included."""
    towns, _ = geography.load(qianwan=True)
    rows = (
        (zh, en, f"{share:.3f}", SECTOR_KEYS[product], "yes" if qianwan else "")
        for zh, en, share, product, qianwan in zip(
            towns.zh, towns.en, towns.firm_share, towns.signature, towns.qianwan, strict=True
        )
    )
    return markdown(("中文", "English", "share of firms", "signature sector", "run by Qianwan"), rows)


def the_sectors() -> str:
    """The sectors with what the letter and the city's lists say about them."""
    sectors = load_sectors()
    rows = (
        (
            key, sectors.zh[row], sectors.en[row], f"{sectors.firm_share[row]:.3f}", f"{sectors.output_share[row]:.3f}",
            *("yes" if flags[row] else "" for flags in (sectors.polluting, sectors.priority, sectors.listed)),
        )
        for row, key in enumerate(sectors.key)
    )  # fmt: skip
    head = ("sector", "中文", "English", "share of firms", "share of output")
    return markdown((*head, "polluting", "priority (3.4)", "listed block industry (3.9)"), rows)


def the_scenarios() -> str:
    """The scenarios that come with the package, and what each is for."""
    ours = [load_scenario(name) for name in shipped()]
    rows = ((one.name, one.title.zh, one.title.en, one.question.en) for one in ours)
    return markdown(("scenario", "中文", "English", "question"), rows)


def levers() -> str:
    """Every lever with its clause."""
    rows = ((one.clause, *_numbers(one)) for clause in clauses() for one in clause.levers)
    return markdown(("clause", "lever", "unit", "default", "range", "standing", "meaning", "source"), rows)


def off() -> str:
    """The world without each clause."""
    return markdown(("clause", "中文", "without it"), ((one.id, one.zh, one.when_off) for one in clauses()))


def _numbers(one: Described) -> tuple[str, ...]:
    shown = ", ".join(one.default) if isinstance(one.default, tuple) else one.default
    span = (
        ", ".join(one.choices) if one.choices else f"{one.low:g} to {one.high:g}" if one.low is not None else "on, off"
    )
    return (one.name, one.unit or "-", str(shown), span, one.standing, one.en, one.source)


def _indicator(one: Indicator) -> tuple[str, ...]:
    meaning = f"{one.meaning} (city only)" if one.city_only else one.meaning
    return (one.name, one.zh, one.en, one.unit or "-", ("-", "more", "less")[one.better], meaning.strip() or "-")


def _words(member: IntEnum) -> str:
    return member.name.lower().replace("_", " ")


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        machine.write_whole(path, fill(path.read_text(encoding="utf-8")))
