"""The tables of ODD.md, generated from the code: `python -m clustersim.show.odd ODD.md` writes them anew."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from clustersim import quarter
from clustersim.foundation import machine
from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import Described
from clustersim.indicators import INDICATORS
from clustersim.letter.register import clauses
from clustersim.world.columns import Table, described_columns
from clustersim.world.firms import Firms
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
        "indicators": markdown(
            ("name", "中文", "unit", "meaning"), ((one.name, one.zh, one.unit, one.meaning) for one in INDICATORS)
        ),
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


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        machine.write_whole(path, fill(path.read_text(encoding="utf-8")))
