"""The font of every picture: Noto Sans SC, taken as a file from zhplot and never through matplotlib's global state."""

from __future__ import annotations

import functools
from importlib.metadata import distribution
from pathlib import Path

from matplotlib.font_manager import FontProperties


@functools.cache
def font_file() -> Path:
    """Where the font lies. Only the file is used: importing zhplot would change matplotlib for everybody.

    >>> font_file().name
    'NotoSansSC-Regular.ttf'
    """
    return Path(str(distribution("zhplot").locate_file("zhplot/fonts/NotoSansSC-Regular.ttf")))


def font(size: float) -> FontProperties:
    """The font at a size in points."""
    return FontProperties(fname=font_file(), size=size)
