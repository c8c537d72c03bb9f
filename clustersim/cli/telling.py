"""How the commands of the lab tell what they found: JSON for scripts and nothing else, or a report unless quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from clustersim.cli import errors, options


def tell(
    plain: Callable[[], Any], report: Callable[[str], str], *, as_json: bool, quiet: bool, lang: str
) -> None:  # fmt: skip
    """Print a result; `report` is given the language, English where the console has no Chinese."""
    if as_json:
        errors.emit(json.dumps(plain(), ensure_ascii=False, allow_nan=False, indent=1))
    elif not quiet:
        errors.emit(report(options.spoken(lang)))
