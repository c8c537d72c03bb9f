"""One firm's story: the life of a city lived once more, looking over the shoulder of one firm.

>>> from clustersim.histories import shared_history
>>> from clustersim.scenario import load_scenario
>>> letter, setting = load_scenario("letter"), Setting(firms=300, until=Quarter(2021, 4))
>>> story = tell(shared_history(letter, setting), letter, seed=1, uid=5, until=setting.until)
>>> [str(one.quarter) for one in story.quarters]
['2021Q3', '2021Q4']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clustersim.firm.alone import Look, Option, look
from clustersim.firm.alone.options import InPark, InPlace, terms_in_park, terms_in_place, terms_of_leaving
from clustersim.firm.choice import Market
from clustersim.firm.terms import Terms
from clustersim.firm.walk import COLUMNS
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import Action, Cause, Quarter
from clustersim.quarter import History, fork, live
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.setting import Setting as Setting
from clustersim.why.events import Recorder
from clustersim.world.row import FirmRow
from clustersim.world.tables import World


@dataclass(frozen=True)
class Weighed:
    """One option as the firm saw it: yuan, the chance it is taken, its taste draw, and what barred it."""

    option: Option
    park: int | None  # identity of the park of a move
    value: float  # yuan without liking; 0 when barred
    liking: float  # yuan: the constant of the option and what peers did
    luck: float  # yuan: the taste draw inside its nest
    chance: float
    terms: dict[str, float]  # yuan, they sum to `value`


@dataclass(frozen=True)
class Seen:
    """A look at the options, in yuan: the options, and the worth and the draw of the three nests."""

    look: Look
    options: tuple[Weighed, ...]
    nests: dict[str, tuple[float, float, float]]  # in place, parks, leaving: yuan with liking, yuan of luck, chance
    taken: int  # place in `options`


@dataclass(frozen=True)
class Told:
    """One quarter of a firm: how it stood when firms chose, what it saw if it looked, and what happened."""

    quarter: Quarter
    alive: bool  # at the end
    stood: dict[str, Any]  # raw columns when firms chose (for a newcomer, at the end)
    seen: Seen | None
    action: Action  # what it did in the end
    cause: Cause  # of its exit
    events: tuple[dict[str, str], ...]  # event, cause, from, to


@dataclass(frozen=True)
class Story:
    """What a firm did in every policy quarter it lived through."""

    uid: int
    town: tuple[str, str]  # zh, en
    sector: tuple[str, str]
    born: Quarter
    quarters: tuple[Told, ...] = ()
    last: dict[str, Any] = field(default_factory=dict, repr=False)  # its raw columns at the end

    def __str__(self) -> str:
        lines = [f"firm {self.uid}: {self.town[1]}, {self.sector[1]}, founded {self.born}"]
        for told in self.quarters:
            if told.seen is not None:
                reasons = ", ".join(str(one.name).lower() for one in told.seen.look.reasons)
                chances = ", ".join(_chance(one) for one in told.seen.options if one.option.bar is None)
                lines.append(f"{told.quarter} {told.action.name.lower()}, looked because of {reasons}: {chances}")
            elif not told.alive:
                lines.append(f"{told.quarter} exit ({told.cause.name.lower()})")
        return "\n".join(lines)


def tell(
    history: History, scenario: Scenario, seed: int, uid: int, until: Quarter,
    progress: Callable[[], None] = lambda: None,
) -> Story:  # fmt: skip
    """Live through the policy quarters again; ScenarioError when no firm of that uid lived in them.

    What is told is held against what the firm did in the columns, quarter by quarter.
    """
    world = fork(history, scenario, seed)
    recorder, watch = Recorder(uid), _Watch(uid)
    recorder.begin(world)
    told: list[Told] = []
    firm: FirmRow | None = None
    for measures in live(world, scenario, until, recorder.watching(watch.walk())):
        recorder.end(world)
        progress()
        row = _row_of(world, uid, measures.quarter)
        if row is not None:
            firm = FirmRow(world.firms, row)
            before = sum(len(one.events) for one in told)
            told.append(_told(measures.quarter, firm, watch, recorder.columns(seed), before))
            if not firm.alive:
                break
        watch.forget()
    if firm is None:
        raise ScenarioError(f"UID {uid}: {_who_is_not_there(history)}")
    born = Quarter.from_index(firm.born)
    towns, sectors, town, sector = world.towns, world.sectors, firm.town, firm.sector
    return Story(
        uid, (towns.zh[town], towns.en[town]), (sectors.zh[sector], sectors.en[sector]), born, tuple(told),
        columns_of(firm),
    )  # fmt: skip


def _told(quarter: Quarter, firm: FirmRow, watch: _Watch, events: dict[str, Any], before: int) -> Told:
    """The quarter that was just lived; `before` events were told of earlier ones."""
    names = ("event", "cause", "from", "to")
    fresh = tuple({name: events[name][place] for name in names} for place in range(before, len(events["uid"])))
    action = Action(firm.action) if firm.alive else Action.EXIT
    stood = watch.stood or columns_of(firm)
    return Told(quarter, firm.alive, stood, watch.seen, action, Cause(firm.exit_cause), fresh)


class _Watch:
    """Looks over the shoulder of one firm at the moment it chooses."""

    def __init__(self, uid: int) -> None:
        self.uid = uid
        self.forget()

    def forget(self) -> None:
        self.seen: Seen | None = None
        self.stood: dict[str, Any] | None = None

    def walk(self) -> Any:
        return COLUMNS._replace(decide=self._decide)

    def _decide(self, world: World, of: Market) -> None:
        row = _row_of(world, self.uid, world.quarter)
        if row is None:
            COLUMNS.decide(world, of)
            return
        firm = FirmRow(world.firms, row)
        self.stood = columns_of(firm)
        seen = look(firm, world, of)
        COLUMNS.decide(world, of)
        meant = seen.taken.action if seen else Action.STAY
        target = seen.taken.change.park if seen and isinstance(seen.taken.change, InPark) else -1
        if (firm.action, firm.target) != (meant, target):
            raise RuntimeError(f"firm {self.uid} did {Action(firm.action).name}, the explanation says {meant.name}")
        self.seen = in_yuan(seen, of.terms, world) if seen else None


def in_yuan(seen: Look, t: Terms, world: World) -> Seen:
    """A look at the options with every worth and draw in yuan and the chance of each option."""
    scale = t.taste * seen.me.sales
    total = _log_sum(seen.nests)
    chances = [exponential(one - total) for one in seen.nests]
    nests = {
        name: (scale * worth if chance > 0.0 else 0.0, scale * shock, chance)
        for name, worth, shock, chance in zip(
            ("in place", "parks", "leaving"), seen.nests, seen.nest_shocks, chances, strict=True
        )
    }
    groups = (
        (seen.in_place, t.nest_in_place, seen.nests[0], chances[0]),
        (seen.parks, t.nest_parks, seen.nests[1], chances[1]),
        ((seen.leaving,), 1.0, seen.nests[2], chances[2]),
    )
    shocks = [*seen.shocks, *[0.0] * (4 + len(seen.parks) - len(seen.shocks)), 0.0]  # barred parks and leaving: none
    weighed: list[Weighed] = []
    for options, weight, inclusive, nest_chance in groups:
        for option in options:
            shock = shocks[len(weighed)]
            park = option.change.park if isinstance(option.change, InPark) else option.park
            identity = int(world.parks.identity[park]) if park >= 0 else None
            if option.bar is not None:
                weighed.append(Weighed(option, identity, 0.0, 0.0, 0.0, 0.0, {}))
                continue
            chance = nest_chance * exponential((option.worth - inclusive) / weight)
            terms = _terms(t, seen, option)
            value = scale * (option.worth - option.liking)
            luck = scale * weight * shock if option is not seen.leaving else 0.0
            weighed.append(Weighed(option, identity, value, scale * option.liking, luck, chance, terms))
    taken = next(place for place, one in enumerate(weighed) if one.option is seen.taken)
    return Seen(seen, tuple(weighed), nests, taken)


def _chance(one: Weighed) -> str:
    park = f" {one.park}" if one.park is not None else ""
    return f"{one.option.action.name.lower()}{park} {one.chance:.1%}"


def _terms(t: Terms, seen: Look, option: Option) -> dict[str, float]:
    match option.change:
        case InPlace():
            return terms_in_place(t, seen.me, option.change)
        case InPark():
            return terms_in_park(t, seen.me, option.change)
    return terms_of_leaving(t, seen.me)


def _log_sum(values: tuple[float, ...]) -> float:
    top = max(values)
    return top + logarithm(sum(exponential(one - top) for one in values))


def _row_of(world: World, uid: int, quarter: Quarter) -> int | None:
    """The row of a firm that lives, or that left in this quarter."""
    firms, rows = world.firms, world.rows
    there = firms.alive[:rows] | (firms.gone[:rows] == quarter.index)
    found = np.flatnonzero((firms.uid[:rows] == uid) & there)
    return int(found[0]) if len(found) else None


def columns_of(firm: FirmRow) -> dict[str, Any]:
    """Every column of a firm, as its table holds it."""
    return {name: getattr(firm, name) for name in firm.table.__dataclass_fields__}


def _who_is_not_there(history: History) -> str:
    world = history.world
    living = world.firms.uid[: world.rows][world.firms.alive[: world.rows]]
    oldest = ", ".join(str(uid) for uid in sorted(living.tolist())[:3])
    return (
        f"no such firm lived in this run; {oldest}, ... did, and events.parquet (run --events) and firms.parquet "
        "(run --firms-table) list the others"
    )
