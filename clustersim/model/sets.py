"""Sets of windows: row numbers inside, Mesa's `AgentSet` outside.

Mesa's own set holds weak references, so windows made on demand would vanish from it. This one holds rows and makes
windows when they are looked at; columns that are asked for by name are read at once, without a window.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from mesa.agent import AgentSet, GroupBy

from clustersim.model.windows import Column, Window
from clustersim.world.columns import Long

if TYPE_CHECKING:
    from clustersim.model.cluster_model import ClusterModel

Source = Callable[["ClusterModel"], Long]  # rows as they are now


class WindowSet(AgentSet):
    """An ordered set of the firms, parks or towns of one model.

    Made with a `source` it is live: it follows the city, and takes nothing in or out by hand. Made with rows it is a
    selection: what has gone drops out of it, nothing comes in by itself.
    """

    def __init__(
        self, model: ClusterModel, kind: type[Window], rows: Long | None = None, source: Source | None = None
    ) -> None:
        self.model, self.kind, self.random = model, kind, model.random
        self._source = source
        self._keep(source(model) if rows is None and source else rows)

    def _keep(self, rows: Any) -> WindowSet:
        self._held: Long = np.asarray(rows, np.int64)
        self._identities = None if self._source else self.kind.identities(self.model)[self._held]
        self._seen = self.model.world.quarter
        return self

    @property
    def rows(self) -> Long:
        """Row numbers of the members in their table, in the order of the set."""
        if self._seen != self.model.world.quarter:
            if self._source is not None:
                self._keep(self._source(self.model))
            else:
                kept = self._held[self.kind.identities(self.model)[self._held] == self._identities]
                self._keep(kept[np.isin(kept, self.kind.present(self.model))])
        return self._held

    # What is in it

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Window]:
        for row in self.rows.tolist():
            yield self.kind(self.model, row)

    def __contains__(self, agent: object) -> bool:
        if type(agent) is not self.kind or agent.model is not self.model:
            return False
        return agent.unique_id == self.kind.identities(self.model)[agent.row] and bool((self.rows == agent.row).any())

    def __getitem__(self, item: Any) -> Any:
        found = self.rows[item]
        if isinstance(item, slice):
            return [self.kind(self.model, row) for row in found.tolist()]
        return self.kind(self.model, int(found))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} x {self.kind.__name__}>"

    # Which of them, in which order

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> WindowSet:
        """A selection by a function, a number (or a share, a float up to 1) and a type, as Mesa's."""
        if inplace:
            self._refuse_if_live()
        if at_most <= 1.0 and isinstance(at_most, float):
            at_most = int(len(self) * at_most)
        rows = self.rows
        if agent_type is not None and not issubclass(self.kind, agent_type):
            rows = rows[:0]
        if filter_func is None:
            return self._made(rows if at_most == float("inf") else rows[: max(0, int(np.ceil(at_most)))], inplace)
        kept: list[int] = []
        for row in rows.tolist():
            if len(kept) >= at_most:
                break
            if filter_func(self.kind(self.model, row)):
                kept.append(row)
        return self._made(kept, inplace)

    def shuffle(self, inplace: bool = False) -> WindowSet:
        """The set in an order drawn from `model.random`, as Mesa's; the luck of the city is not touched."""
        order = list(range(len(self)))
        self.random.shuffle(order)
        return self._made(self.rows[order], inplace)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> WindowSet:
        """The set sorted by an attribute or a function, falling unless `ascending`, as Mesa's."""
        if not isinstance(key, str):
            values = self.map(key)
        elif "." in key:
            values = self.map(operator.attrgetter(key))
        else:
            values = self.get(key)
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        return self._made(self.rows[order], inplace)

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> Groups:
        """Groups by an attribute or a function, in the order in which their keys first come, as Mesa's."""
        groups: dict[Any, list[int]] = defaultdict(list)
        for place, key in enumerate(self.get(by) if isinstance(by, str) else self.map(by)):
            groups[key].append(place)
        sets = {key: self._made(self.rows[places]) for key, places in groups.items()}
        return Groups(sets if result_type == "agentset" else {key: list(one) for key, one in sets.items()})

    # What they have and do

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of an attribute, or lists of values of several, as Mesa's."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        default = (default_value,) if handle_missing == "default" else ()
        if isinstance(attr_names, str):
            return self._values(attr_names, default)
        columns = [self._values(name, default) for name in attr_names]
        return [list(one) for one in zip(*columns, strict=True)] if columns else [[] for _ in range(len(self))]

    def set(self, attr_name: str, value: Any) -> WindowSet:
        """Set an attribute of every member to one value."""
        column = self._column(attr_name)
        if column is not None:
            column.write(self.model, self.kind, self.rows, value)
            return self
        for agent in self:
            setattr(agent, attr_name, value)
        return self

    def map(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> list[Any]:
        """What a method or a function gives for each."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> WindowSet:
        """Call a method or a function on each."""
        for agent in self:
            (getattr(agent, method) if isinstance(method, str) else _first(method, agent))(*args, **kwargs)
        return self

    def shuffle_do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> WindowSet:
        """The same in an order drawn from `model.random`."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    # By hand

    def add(self, agent: Any) -> None:
        """Put a member of the same model into a selection."""
        self._refuse_if_live()
        if type(agent) is not self.kind or agent.model is not self.model:
            raise TypeError(f"{agent!r} is not a {self.kind.__name__} of this model")
        if agent not in self:
            self._keep(np.append(self.rows, agent.own_row()))

    def discard(self, agent: Any) -> None:
        """Take a member out of a selection, if it is there."""
        self._refuse_if_live()
        if agent in self:
            self._keep(self.rows[self.rows != agent.row])

    def remove(self, agent: Any) -> None:
        """Take a member out of a selection; KeyError if it is not there."""
        self._refuse_if_live()
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def __copy__(self) -> WindowSet:
        return self._made(self.rows)

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _from_iterable(self, agents: Iterable[Window]) -> WindowSet:
        """What `&`, `|`, `-` and `^` make."""
        made = self._made([])
        rows = dict.fromkeys(agent.row for agent in agents)
        return made._keep(list(rows))

    def _made(self, rows: Any, inplace: bool = False) -> WindowSet:
        if inplace:  # of a live set only the order is changed, and only of this object: the model keeps its own
            self._source = None
            return self._keep(rows)
        return WindowSet(self.model, self.kind, rows)

    def _refuse_if_live(self) -> None:
        if self._source is not None:
            raise TypeError(
                f"this set follows the city: a {self.kind.__name__.lower()} comes and goes by the rules; "
                "change a copy of it, copy.copy(agents) or agents.select()"
            )

    def _values(self, name: str, default: tuple[Any, ...] = ()) -> list[Any]:
        column = self._column(name)
        if column is not None:
            return column.many(self.model, self.kind, self.rows)
        return [getattr(agent, name, *default) for agent in self]

    def _column(self, name: str) -> Column | None:
        found = getattr(self.kind, name, None)
        return found if isinstance(found, Column) else None


class Groups(GroupBy):
    """Mesa's groups; `agg` reads columns at once where the groups are sets."""

    def agg(self, attr_name: str, func: Callable[[list[Any]], Any]) -> dict[Any, Any]:
        """A function of the values of an attribute in each group."""
        return {
            key: func(group.get(attr_name) if isinstance(group, WindowSet) else [getattr(a, attr_name) for a in group])
            for key, group in self.groups.items()
        }


def _first(function: Callable[..., Any], agent: Window) -> Callable[..., Any]:
    return lambda *args, **kwargs: function(agent, *args, **kwargs)
