"""How far a run is, on standard error: a bar on a terminal, a plain line every ten seconds elsewhere."""

from __future__ import annotations

import signal
import sys
import threading
from time import monotonic
from types import FrameType, TracebackType
from typing import Any, Final

from tqdm import tqdm

from clustersim.foundation import machine

PATIENCE: Final = 2.0  # seconds before anything is shown
EVERY: Final = 10.0  # seconds between plain lines
TICK: Final = 0.25
FORMAT: Final = "{{desc}} {{percentage:3.0f}}%|{{bar}}| {{n_fmt}}/{{total_fmt}} {unit}, {{remaining}} left"
COMPILING: Final = "compiling, once for this version (a minute or so)"


class Progress:
    """Tells quarters done. Call it with done, total and what; use it in a `with` block.

    Ctrl-C stops the main thread at once, and every worker thread at its next quarter.
    """

    def __init__(self, *, shown: bool, unit: str = "quarters") -> None:
        self.unit = unit
        self.shown = shown and sys.stderr is not None
        self.terminal = self.shown and sys.stderr.isatty()
        self.state = (0, 0, "")
        self.stopped = False
        self.started = self.told = monotonic()
        self.bar: Any = None
        self.noticed = not cold()
        self.over = threading.Event()
        self.ticker = threading.Thread(target=self._tick, daemon=True)

    def __call__(self, done: int, total: int, what: str) -> None:
        """Take note of the quarters done; called from any thread."""
        if self.stopped:
            raise KeyboardInterrupt
        self.state = (done, total, what)

    def __enter__(self) -> Progress:
        self.before: Any = None
        if threading.current_thread() is threading.main_thread():
            self.before = signal.signal(signal.SIGINT, self._stop)
        if self.shown:
            self.ticker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()
        if self.shown:
            self.ticker.join()
        if self.bar is not None:
            self.bar.close()
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)
        if self.stopped and isinstance(error, Exception):  # what broke on the way out is no failure
            raise KeyboardInterrupt from error

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True
        raise KeyboardInterrupt

    def _tick(self) -> None:
        while not self.over.wait(TICK):
            if monotonic() - self.started >= PATIENCE:
                self._notice()
                if self.terminal:
                    self._draw()
                elif monotonic() - self.told >= EVERY:
                    self._line()

    def _notice(self) -> None:
        """Say once why nothing moves yet."""
        if not self.noticed:
            self.noticed = True
            print(COMPILING, file=sys.stderr, flush=True)

    def _draw(self) -> None:
        """The bar, from the first quarter that is done: what compiling took says nothing about the time left."""
        done, total, what = self.state
        if self.bar is None:
            if done:
                form = FORMAT.format(unit=self.unit)
                self.bar = tqdm(total=total, initial=done, desc=what, bar_format=form, file=sys.stderr, leave=False)
            return
        if self.bar.total != total:  # another stage of the work, with a pace of its own
            self.bar.reset(total)
        self.bar.set_description_str(what, refresh=False)
        self.bar.n = done
        self.bar.refresh()

    def _line(self) -> None:
        self.told = monotonic()
        done, total, what = self.state
        if total:
            print(f"{what}: {done} of {total} {self.unit}", file=sys.stderr, flush=True)


def cold() -> bool:
    """Whether nothing has been compiled yet from these sources."""
    return next(machine.compile_cache_folder().rglob("*.nbi"), None) is None
