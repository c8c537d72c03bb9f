"""What an experiment file says of its answer: how it is found, what is shown beside the five indices, how it is drawn.

None of it changes a run. Whether an indicator is measured at all, only the floors above know.

>>> from clustersim.scenario.reading import parse
>>> answering_of(parse('show = ["exited", "moved"]\\n[attribution]\\npermutations = 8', "x.toml"), {}).method
'attribution'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from clustersim.scenario.errors import did_you_mean, shown
from clustersim.scenario.patch import check_keys, table_of
from clustersim.scenario.reading import Document

COMPARISON: Final = "comparison"  # every policy is held against one of the others
ATTRIBUTION: Final = "attribution"  # Shapley shares of chapters and clauses
SENSITIVITY: Final = "sensitivity"
SEARCH: Final = "search"
METHODS: Final = (ATTRIBUTION, SENSITIVITY, SEARCH)  # each asked for by the table of its name
PICTURES: Final = ("differences", "paths")
KEYS: Final = ("show", "picture", ATTRIBUTION)
AGAINST: Final = "against"  # key of a named policy
_INDICATOR: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Answering:
    """How an experiment is answered."""

    method: str = COMPARISON
    show: tuple[str, ...] = ()  # indicators beside the five indices
    picture: str = PICTURES[0]
    permutations: int = 20  # orders of the clauses, where they are attributed
    against: tuple[int, ...] = ()  # by named policy: the place of the one it is held against
    where: str = field(default="", compare=False)  # file and line of `show`, for messages


def answering_of(document: Document, policies: Mapping[str, Any]) -> Answering:
    """How a parsed file is to be answered; `policies` are its tables of named policies."""
    table = document.table
    asked = [method for method in METHODS if method in table]
    if len(asked) > 1:
        raise document.refuse(asked[1], f"a question is answered in one way, and [{asked[0]}] is there already")
    picture = table.get("picture", PICTURES[0])
    if picture not in PICTURES:
        raise document.refuse("picture", f"{shown(picture)} is not a picture; one of {', '.join(PICTURES)}")
    return Answering(
        asked[0] if asked else COMPARISON, _show(document), picture, _permutations(document),
        _against(document, policies), document.at("show"),
    )  # fmt: skip


def _show(document: Document) -> tuple[str, ...]:
    given = document.table.get("show", [])
    if not isinstance(given, list):
        raise document.refuse("show", f'{shown(given)} is not a list of indicators; write show = ["exited", "moved"]')
    for one in given:
        if not isinstance(one, str) or not _INDICATOR.fullmatch(one):
            raise document.refuse("show", f"{shown(one)} is not the name of an indicator; one such as exited is needed")
        if given.count(one) > 1:
            raise document.refuse("show", f"{shown(one)} is named twice")
    return tuple(given)


def _permutations(document: Document) -> int:
    table = table_of(document, ATTRIBUTION, document.table)
    check_keys(document, ATTRIBUTION, table, ("permutations",))
    value = table.get("permutations", Answering.permutations)
    if isinstance(value, bool) or not isinstance(value, int) or not 2 <= value <= 1000:
        raise document.refuse(
            f"{ATTRIBUTION}.permutations", f"{shown(value)} is not allowed; a whole number from 2 to 1000"
        )
    return value


def _against(document: Document, policies: Mapping[str, Any]) -> tuple[int, ...]:
    """For every named policy the one it is held against: the first, unless it names another that is not itself."""
    names, found = list(policies), []
    for name, table in policies.items():
        other = table.get(AGAINST, names[0])
        if other not in names or (AGAINST in table and other == name):
            close = did_you_mean(other, names) if isinstance(other, str) else ""
            known = close or f"; one of {', '.join(one for one in names if one != name)}"
            problem = f"{shown(other)} is not another policy of this file{known}"
            raise document.refuse(f"design.policies.{name}.{AGAINST}", problem)
        found.append(names.index(other))
    return tuple(found)
