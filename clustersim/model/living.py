"""Who is where: rows of the living firms, in the order of uid and by place, reckoned once a quarter and when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clustersim.foundation.words import NOBODY, Quarter, Site
from clustersim.world.columns import Long

if TYPE_CHECKING:
    from clustersim.world.tables import World


class Living:
    """Rows of the living firms of a world as it stands between two quarters."""

    def __init__(self, world: World) -> None:
        firms = world.firms
        self.quarter: Quarter = world.quarter
        alive = np.flatnonzero(firms.alive[: world.rows])
        self.rows: Long = alive[np.argsort(firms.uid[alive], kind="stable")]
        self._firms = firms
        self._grouped: dict[str, tuple[Long, Long, Long]] = {}

    def at(self, where: str, place: int) -> Long:
        """Rows of the firms whose `town`, `cell` or `park` has this row number, in the order of uid."""
        if where not in self._grouped:
            self._grouped[where] = self._group(self._places(where))
        places, starts, rows = self._grouped[where]
        found = int(np.searchsorted(places, place))
        if found == len(places) or places[found] != place:
            return rows[:0]
        return rows[starts[found] : starts[found + 1]]

    def _places(self, where: str) -> Any:
        firms, rows = self._firms, self.rows
        if where == "park":
            return np.where(firms.site[rows] == Site.PARK, firms.place[rows], NOBODY)
        return getattr(firms, where)[rows]

    def _group(self, places: Any) -> tuple[Long, Long, Long]:
        order = np.argsort(places, kind="stable")
        found, starts = np.unique(places[order], return_index=True)
        return found, np.append(starts, len(order)), self.rows[order]
