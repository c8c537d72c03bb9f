"""Every event of every firm with its cause: what changed in a quarter, read off the columns at three moments.

The moments are the start of the quarter, the moment before firms choose, and its end. Nothing is drawn and nothing is
written to the city, so a life that is watched has the same bits.

>>> sorted(EVENTS)[:4]
['case', 'clearance', 'closing', 'entry']
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from clustersim.firm.alone.choosing import reasons_to_look
from clustersim.firm.choice import Market
from clustersim.firm.walk import Walk
from clustersim.foundation.words import FEN, NOBODY, Action, Cause, Clearance, Grade, Quarter, Site, Stage, Violation
from clustersim.world.columns import Long
from clustersim.world.row import FirmRow
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


class Recorder:
    """Writes down the events of one life, or of one firm in it.

    `watching` gives a walk that looks on at the moment firms choose; `begin` comes before the first quarter, `end`
    after each.
    """

    def __init__(self, only: int | None = None) -> None:
        self._only = only
        self._rows: dict[str, list[Any]] = {name: [] for name in COLUMNS[1:]}
        self._start: Seen = {}
        self._before: Seen = {}
        self._wanted: Seen = {}
        self._reasons: dict[int, str] = {}

    def watching(self, walk: Walk) -> Walk:
        """The same walk, looked on at while firms choose."""

        def decide(world: World, of: Market) -> None:
            self._before = _look(world)
            walk.decide(world, of)
            self._wanted = {name: getattr(world.firms, name)[: world.rows].copy() for name in ("action", "target")}
            acting = np.flatnonzero(world.firms.alive[: world.rows] & (self._wanted["action"] != Action.STAY))
            self._reasons = {
                row: _bits(reasons_to_look(FirmRow(world.firms, row), world, of))
                for row in self._chosen(world, acting).tolist()
            }

        return walk._replace(decide=decide)

    def begin(self, world: World) -> None:
        """Remember how things stand before the first quarter."""
        self._start = _look(world)

    def end(self, world: World) -> None:
        """Write down what happened in the quarter that has just been lived (`world.quarter` is the next one)."""
        quarter = world.quarter + -1
        after = _look(world)
        self._conditions(world, quarter, self._start, self._before)
        self._conditions(world, quarter, self._before, after)
        self._measures(world, quarter)
        self._deeds(world, quarter, after)
        self._comings_and_goings(world, quarter, after)
        self._start = after

    def columns(self, seed: int) -> dict[str, Any]:
        """The events by column, sorted by quarter and uid, in the order in which they happened."""
        count = len(self._rows["uid"])
        quarters = np.array([one.index for one in self._rows["quarter"]], np.int64)
        order = np.lexsort((np.arange(count), np.array(self._rows["uid"], np.int64), quarters)).tolist()
        table: dict[str, Any] = {"seed": np.full(count, seed, np.int64)}
        for name in COLUMNS[1:]:
            table[name] = [str(self._rows[name][place]) for place in order]
        table["uid"] = np.array([self._rows["uid"][place] for place in order], np.int64)
        return table

    # What was done to firms

    def _conditions(self, world: World, quarter: Quarter, one: Seen, other: Seen) -> None:
        """What changed for firms that were there at both moments."""
        rows = len(one["uid"])
        both = one["alive"] & other["alive"][:rows] & (one["uid"] == other["uid"][:rows])

        def changed(name: str) -> Long:
            return self._chosen(world, np.flatnonzero(both & (one[name] != other[name][:rows])))

        for row in changed("grade").tolist():
            self._put(world, quarter, row, "grade", "4.1", _grade(one["grade"][row]), _grade(other["grade"][row]))
        for row in changed("stage").tolist():
            stage = Stage(int(other["stage"][row]))
            cause = _violations(other["case_kinds"][row]) or "work under way"
            if stage in (Stage.NONE, Stage.SUPERVISED):
                cause = "cured" if stage is Stage.SUPERVISED else "closed"
            self._put(world, quarter, row, "case", cause, _word(Stage, one["stage"][row]), _word(Stage, stage))
        for row in changed("order_due").tolist():
            due = int(other["order_due"][row])
            if due != NOBODY:
                cause = "grade D" if other["grade"][row] == Grade.D else "low efficiency"
            else:
                cause = "failed" if other["clearance"][row] != Clearance.NONE else "met"
                cause = "moved" if other["action"][row] == Action.MOVE and one is self._before else cause
            self._put(world, quarter, row, "order", cause, "", _when(due))
        for row in changed("clearance").tolist():
            cause = "1.4" if other["clearance"][row] == Clearance.NOTICE else "4.7"
            words = (_word(Clearance, seen["clearance"][row]) for seen in (one, other))
            self._put(world, quarter, row, "clearance", cause, *words)
        for row in changed("returns_to").tolist():
            block = int(other["returns_to"][row])
            self._put(world, quarter, row, "renewal", "1.6", "", f"block {block}" if block != NOBODY else "")
        for row in changed("licence_due").tolist():
            self._put(world, quarter, row, "licence", "3.7", "", _when(int(other["licence_due"][row])))
        for row in changed("closing").tolist():
            self._put(world, quarter, row, "closing", _word(Cause, other["exit_cause"][row]))
        for row in changed("model_firm").tolist():
            if other["model_firm"][row]:
                self._put(world, quarter, row, "model firm", "3.3")

    def _measures(self, world: World, quarter: Quarter) -> None:
        """Fines, stoppages and relocations before firms chose, and rewards after."""
        start, before = self._start, self._before
        there = before["alive"]
        for row in self._chosen(world, np.flatnonzero(there & (before["fine_due"] > 0))).tolist():
            overdue = before["stage"][row] >= Stage.REGISTERED and before["treated"][row] < quarter.index
            cause = "overdue case" if overdue else "visit"
            self._put(world, quarter, row, "fined", cause, "", f"{before['fine_due'][row] / FEN:.0f} yuan")
        for row in self._chosen(world, np.flatnonzero(there & before["suspended"])).tolist():
            self._put(world, quarter, row, "suspended", "overdue case")
        rows = len(start["uid"])
        same = start["alive"] & there[:rows] & (start["uid"] == before["uid"][:rows])
        moved = same & ((start["site"] != before["site"][:rows]) | (start["place"] != before["place"][:rows]))
        for row in self._chosen(world, np.flatnonzero(moved)).tolist():
            cause = "2.5" if start["site"][row] == Site.PARK else "1.4"
            cause = "renewal" if start["site"][row] == Site.BLOCK else cause
            self._put(world, quarter, row, "relocated", cause, _site(world, start, row), _site(world, before, row))
        paid = np.flatnonzero(world.firms.alive[: len(there)] & (world.firms.reward[: len(there)] > 0))
        for row in self._chosen(world, paid).tolist():
            self._put(world, quarter, row, "reward", "4.4", "", f"{world.firms.reward[row] / FEN:.0f} yuan")

    # What firms did

    def _deeds(self, world: World, quarter: Quarter, after: Seen) -> None:
        before, wanted = self._before, self._wanted
        for row in self._reasons:
            meant, did = Action(int(wanted["action"][row])), Action(int(after["action"][row]))
            if not after["alive"][row] or after["uid"][row] != before["uid"][row]:
                continue  # told among the exits
            site = _site(world, before, row)
            if did == meant:
                there = _site(world, after, row) if did is Action.MOVE else ""
                self._put(world, quarter, row, did.name.lower(), self._reasons[row], site if there else "", there)
            else:
                asked = _park(world, int(wanted["target"][row])) if meant is Action.MOVE else "new land"
                cause = "no unit left" if meant is Action.MOVE else "no land left"
                self._put(world, quarter, row, "refused", cause, site, asked)

    def _comings_and_goings(self, world: World, quarter: Quarter, after: Seen) -> None:
        start = self._start
        rows = len(start["uid"])
        same = start["uid"] == after["uid"][:rows]
        for row in self._chosen(world, np.flatnonzero(start["alive"] & same & ~after["alive"][:rows])).tolist():
            cause = _word(Cause, after["exit_cause"][row])
            if after["exit_cause"][row] in (Cause.CHOICE, Cause.LEFT) and row in self._reasons:
                cause = f"{cause}: {self._reasons[row]}"
            self._put(world, quarter, row, "exit", cause, _site(world, self._before, row))
        new = after["alive"].copy()
        new[:rows] &= ~same | ~start["alive"]
        for row in self._chosen(world, np.flatnonzero(new)).tolist():
            self._put(world, quarter, row, "entry", "newcomer", "", _site(world, after, row))

    def _chosen(self, world: World, rows: Long) -> Long:
        return rows if self._only is None else rows[world.firms.uid[rows] == self._only]

    def _put(
        self, world: World, quarter: Quarter, row: int, event: str, cause: str, there: str = "", to: str = ""
    ) -> None:
        firms = world.firms
        told = (
            quarter, int(firms.uid[row]), event, cause, world.towns.en[firms.town[row]],
            world.sectors.key[firms.sector[row]], there, to,
        )  # fmt: skip
        for name, value in zip(COLUMNS[1:], told, strict=True):
            self._rows[name].append(value)


def _look(world: World) -> Seen:
    return {name: getattr(world.firms, name)[: world.rows].copy() for name in _SEEN}


def _bits(reasons: Iterable[Any]) -> str:
    return ", ".join(one.name.lower().replace("_", " ") for one in reasons)


def _word(kind: Any, code: Any) -> str:
    name: str = kind(int(code)).name
    return name.lower()


def _grade(code: Any) -> str:
    return "" if code == Grade.NONE else Grade(int(code)).name


def _violations(bits: Any) -> str:
    return ", ".join(one.name.lower() for one in Violation if int(bits) >> one & 1)


def _when(index: int) -> str:
    return str(Quarter.from_index(index)) if index != NOBODY else ""


def _park(world: World, row: int) -> str:
    return f"park {world.parks.identity[row]}"


def _site(world: World, seen: Seen, row: int) -> str:
    """A site in words."""
    site, place = Site(int(seen["site"][row])), int(seen["place"][row])
    if site is Site.PARK:
        return _park(world, place)
    return f"block {place}" if site is Site.BLOCK else site.name.lower()
