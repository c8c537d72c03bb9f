"""Every event of every firm with its cause: what changed in a quarter, read off the columns at three moments.

The moments are the start of the quarter, the moment before firms choose, and its end. Nothing is drawn and nothing is
written to the city, so a life that is watched has the same bits.

>>> sorted(EVENTS)[:4]
['case', 'clearance', 'closing', 'entry']
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from clustersim.firm.choice import Market, reasons_of
from clustersim.firm.walk import Walk
from clustersim.foundation.words import FEN, NOBODY, Action, Cause, Clearance, Grade, Site, Stage
from clustersim.why.event_words import blocks, both, grades, parks, quarters, reasons, sites, violations, words, yuan
from clustersim.world.columns import Long
from clustersim.world.tables import World

EVENTS: Final[dict[str, str]] = {  # what it is; cause; from -> to
    "grade": "its grade changed; 4.1; grades",
    "case": "its case moved on; violations, or how it ended; stages",
    "fined": "a fine fell due; overdue case or visit; -> yuan",
    "suspended": "stopped for a quarter; overdue case",
    "closing": "ordered to close; why",
    "order": "an improvement order was issued or ended; grade D or low efficiency, met, failed or moved; -> when due",
    "clearance": "its plot's place on the clearance list; 4.7 or 1.4; places on the list",
    "renewal": "its block is under renewal, or the wait is over; 1.6; -> block",
    "licence": "has to leave village land; 3.7; -> by when",
    "relocated": "moved by the city, not by choice; renewal, clearance or 2.5; sites",
    "model firm": "became a model firm; 3.3",
    "rectify": "cured its case; why it looked at its options",
    "upgrade": "upgraded; why it looked",
    "expand": "built on new land; why it looked",
    "move": "moved into a park; why it looked; sites",
    "refused": "did not get what it asked for; no unit left or no land left; site -> what",
    "reward": "was paid a reward; 4.4; -> yuan",
    "exit": "left; Cause, and why it looked if it chose; site ->",
    "entry": "started; newcomer; -> site",
}
COLUMNS: Final = ("seed", "quarter", "uid", "event", "cause", "town", "sector", "from", "to")
_SEEN: Final = (
    "uid", "alive", "site", "place", "stage", "case_kinds", "grade", "order_due", "clearance", "returns_to",
    "licence_due", "suspended", "closing", "exit_cause", "fine_due", "treated", "model_firm", "action", "target",
)  # fmt: skip

Seen = dict[str, Any]
Words = Any  # one text for all rows, or an array of texts


class Recorder:
    """Writes down the events of one life, or of one firm in it.

    `watching` gives a walk that looks on at the moment firms choose; `begin` comes before the first quarter, `end`
    after each.
    """

    def __init__(self, only: int | None = None) -> None:
        self._only = only
        self._parts: list[dict[str, Any]] = []
        self._start: Seen = {}
        self._before: Seen = {}
        self._wanted: Seen = {}
        self._why: Any = None  # [row] bits of `Reason` of who meant to do something

    def watching(self, walk: Walk) -> Walk:
        """The same walk, looked on at while firms choose."""

        def decide(world: World, of: Market) -> None:
            self._before = _look(world)
            walk.decide(world, of)
            self._wanted = {name: getattr(world.firms, name)[: world.rows].copy() for name in ("action", "target")}
            acting = np.flatnonzero(world.firms.alive[: world.rows] & (self._wanted["action"] != Action.STAY))
            self._why = np.zeros(world.rows, np.int64)
            self._why[acting] = reasons_of(acting, world, of)

        return walk._replace(decide=decide)

    def begin(self, world: World) -> None:
        """Remember how things stand before the first quarter."""
        self._start = _look(world)

    def end(self, world: World) -> None:
        """Write down what happened in the quarter that has just been lived (`world.quarter` is the next one)."""
        after = _look(world)
        self._conditions(world, self._start, self._before)
        self._conditions(world, self._before, after)
        self._measures(world)
        self._deeds(world, after)
        self._comings_and_goings(world, after)
        self._start = after

    def columns(self, seed: int) -> dict[str, Any]:
        """The events by column, sorted by quarter and uid, in the order in which they happened."""
        names = COLUMNS[1:]
        table = {
            name: np.concatenate([part[name] for part in self._parts]) if self._parts else np.empty(0, object)
            for name in names
        }
        count = len(table["uid"])
        order = np.lexsort((np.arange(count), table["uid"].astype(np.int64), table["quarter"].astype(np.int64)))
        table = {name: column[order] for name, column in table.items()}
        table["quarter"] = quarters(table["quarter"].astype(np.int64))
        table["uid"] = table["uid"].astype(np.int64)
        return {"seed": np.full(count, seed, np.int64), **table}

    # What was done to firms

    def _conditions(self, world: World, one: Seen, other: Seen) -> None:
        """What changed for firms that were there at both moments."""
        rows = len(one["uid"])
        stayed = one["alive"] & other["alive"][:rows] & (one["uid"] == other["uid"][:rows])

        def changed(name: str) -> Long:
            return np.flatnonzero(stayed & (one[name] != other[name][:rows]))

        def put(event: str, rows: Long, cause: Words, there: Words = "", to: Words = "") -> None:
            self._put(world, rows, event, cause, there, to)

        at = changed("grade")
        put("grade", at, "4.1", grades(one["grade"][at]), grades(other["grade"][at]))
        at = changed("stage")
        stage, kinds = other["stage"][at], violations(other["case_kinds"][at])
        cause = np.where(stage == Stage.SUPERVISED, "cured", np.where(stage == Stage.NONE, "closed", kinds))
        put("case", at, cause, words(Stage, one["stage"][at]), words(Stage, stage))
        at = changed("order_due")
        put("order", at, self._ends_of_orders(one, other, at), "", quarters(other["order_due"][at]))
        at = changed("clearance")
        cause = np.where(other["clearance"][at] == Clearance.NOTICE, "1.4", "4.7")
        put("clearance", at, cause, words(Clearance, one["clearance"][at]), words(Clearance, other["clearance"][at]))
        at = changed("returns_to")
        put("renewal", at, "1.6", "", blocks(other["returns_to"][at]))
        at = changed("licence_due")
        put("licence", at, "3.7", "", quarters(other["licence_due"][at]))
        at = changed("closing")
        put("closing", at, words(Cause, other["exit_cause"][at]))
        at = changed("model_firm")
        put("model firm", at[other["model_firm"][at]], "3.3")

    def _ends_of_orders(self, one: Seen, other: Seen, at: Long) -> Words:
        """Why an order was issued, or how it ended."""
        issued = np.where(other["grade"][at] == Grade.D, "grade D", "low efficiency")
        ended = np.where(other["clearance"][at] != Clearance.NONE, "failed", "met")
        moved = (other["action"][at] == Action.MOVE) & (one is self._before)
        return np.where(other["order_due"][at] != NOBODY, issued, np.where(moved, "moved", ended))

    def _measures(self, world: World) -> None:
        """Fines, stoppages and relocations before firms chose, and rewards after."""
        start, before, quarter = self._start, self._before, world.quarter.index - 1
        there = before["alive"]
        at = np.flatnonzero(there & (before["fine_due"] > 0))
        overdue = (before["stage"][at] >= Stage.REGISTERED) & (before["treated"][at] < quarter)
        self._put(
            world, at, "fined", np.where(overdue, "overdue case", "visit"), "", yuan(before["fine_due"][at] / FEN)
        )
        self._put(world, np.flatnonzero(there & before["suspended"]), "suspended", "overdue case")
        rows = len(start["uid"])
        same = start["alive"] & there[:rows] & (start["uid"] == before["uid"][:rows])
        moved = (start["site"] != before["site"][:rows]) | (start["place"] != before["place"][:rows])
        at = np.flatnonzero(same & moved)
        stood = start["site"][at]
        cause = np.where(stood == Site.BLOCK, "renewal", np.where(stood == Site.PARK, "2.5", "1.4"))
        self._put(world, at, "relocated", cause, sites(world, start, at), sites(world, before, at))
        reward = world.firms.reward[: len(there)]
        at = np.flatnonzero(world.firms.alive[: len(there)] & (reward > 0))
        self._put(world, at, "reward", "4.4", "", yuan(reward[at] / FEN))

    # What firms did

    def _deeds(self, world: World, after: Seen) -> None:
        before, wanted = self._before, self._wanted
        rows = len(before["uid"])
        there = after["alive"][:rows] & (after["uid"][:rows] == before["uid"])  # the others are told among the exits
        meant, did = wanted["action"], after["action"][:rows]
        for deed in (Action.RECTIFY, Action.UPGRADE, Action.EXPAND, Action.MOVE):
            at = np.flatnonzero(there & (meant == deed) & (did == deed))
            path = (sites(world, before, at), sites(world, after, at)) if deed is Action.MOVE else ("", "")
            self._put(world, at, deed.name.lower(), reasons(self._why[at]), *path)
        at = np.flatnonzero(there & (meant == Action.MOVE) & (did == Action.STAY))
        asked = parks(world, wanted["target"][at])
        self._put(world, at, "refused", "no unit left", sites(world, before, at), asked)
        at = np.flatnonzero(there & (meant == Action.EXPAND) & (did == Action.STAY))
        self._put(world, at, "refused", "no land left", sites(world, before, at), "new land")

    def _comings_and_goings(self, world: World, after: Seen) -> None:
        start, before = self._start, self._before
        rows = len(start["uid"])
        same = start["uid"] == after["uid"][:rows]
        at = np.flatnonzero(start["alive"] & same & ~after["alive"][:rows])
        cause, why = after["exit_cause"][at], self._why[at]
        chose = ((cause == Cause.CHOICE) | (cause == Cause.LEFT)) & (why != 0)
        named = words(Cause, cause)
        self._put(world, at, "exit", np.where(chose, both(named, reasons(why)), named), sites(world, before, at))
        new = after["alive"].copy()
        new[:rows] &= ~same | ~start["alive"]
        at = np.flatnonzero(new)
        self._put(world, at, "entry", "newcomer", "", sites(world, after, at))

    def _put(
        self, world: World, rows: Long, event: str, cause: Words, there: Words = "", to: Words = ""
    ) -> None:  # fmt: skip
        """Note one kind of event of some firms; only of the one that is watched, if it is only one."""
        firms = world.firms
        told = {"cause": cause, "from": there, "to": to}
        if self._only is not None:
            kept = np.flatnonzero(firms.uid[rows] == self._only)
            told = {name: text[kept] if isinstance(text, np.ndarray) else text for name, text in told.items()}
            rows = rows[kept]
        if not len(rows):
            return
        towns, sectors = np.array(world.towns.en, object), np.array(world.sectors.key, object)
        self._parts.append({
            "quarter": np.full(len(rows), world.quarter.index - 1), "uid": firms.uid[rows],
            "event": np.full(len(rows), event, object), "town": towns[firms.town[rows]],
            "sector": sectors[firms.sector[rows]],
            **{name: text if isinstance(text, np.ndarray) else np.full(len(rows), text, object)
               for name, text in told.items()},
        })  # fmt: skip


def _look(world: World) -> Seen:
    return {name: getattr(world.firms, name)[: world.rows].copy() for name in _SEEN}
