"""The quarter of one firm, to be read aloud: luck, hazards, choice, rent and accounts, in plain Python.

The sweeps over columns do the same for everybody at once, by the same rules; that both give the same bits is tested.
`model.engine` walks over all firms with these, and `lab.why` explains one firm with them.
"""

from __future__ import annotations

from clustersim.firm.alone.choosing import Look, look, take
from clustersim.firm.alone.living import be_struck, drift
from clustersim.firm.alone.options import Bar, InPark, InPlace, Option, Standing
from clustersim.firm.alone.paying import pay_rent, settle

__all__ = [
    "Bar",
    "InPark",
    "InPlace",
    "Look",
    "Option",
    "Standing",
    "be_struck",
    "drift",
    "look",
    "pay_rent",
    "settle",
    "take",
]
