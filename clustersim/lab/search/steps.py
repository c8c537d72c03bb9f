"""How far a search is: runs done over all its generations, each counted as it was planned."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from clustersim.lab.runs import Progress


class Steps:
    """Maps what one sweep tells onto the whole.

    >>> steps = Steps(lambda done, total, what: print(done, total, what), 20)
    >>> with steps.part("generation 1 of 2", 10) as told:
    ...     told(1, 2, "sweep")  # two of the ten were new
    5 20 generation 1 of 2
    10 20 generation 1 of 2
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    @contextlib.contextmanager
    def part(self, what: str, planned: int) -> Iterator[Progress]:
        """A part of the whole; what is known already is done at once."""
        before = self.done

        def inside(done: int, of: int, _: str) -> None:
            self._tell(before + planned * done // max(of, 1), what)

        yield inside
        self._tell(before + planned, what)

    def _tell(self, done: int, what: str) -> None:
        self.done = min(done, self.total)
        if self.progress:
            self.progress(self.done, self.total, what)
