"""The peer of the benchmark: the same quarter, firm by firm, as a careful Mesa programmer would write it.

Every firm is a real `mesa.Agent` with plain attributes. Loops over firms are plain Python over plain numbers: no numpy
and no compiled rule in them, luck from `model.random`. It is lean: one loop does what needs no other firm, constants
are local names, what few firms do is asked for only where it can happen, money is added up by town in local names, and
firms stand in a list by town instead of in weak references.

What is reckoned once per town, sector or park is no work on firms, and the peer gets it for free from the package:
levers in plain numbers, the tables of what parks offer and what they are worth, the supply of land, parks, blocks and
services, the newcomers' traits, and the indicators out of the sums over firms. Both engines start from one history.

Left out, which makes the peer faster: the yearly rating of parks (2.5; tenants with a long open case do lose their
place), the yearly shuffle of sector labels behind the clusters index (the null of the history is kept), the check of
all balances at the end of a quarter, the electricity bill and running costs as flows of their own (they cancel in a
firm's cash), the rank of productivity in a census of its own (ranks are read off sums by bin), and luck that has an
address, so that two policies are no pairs here.

>>> city = LeanCity(history, scenario, seed=1)  # doctest: +SKIP
>>> city.step()  # doctest: +SKIP
>>> city.measured[-1]["green"]  # doctest: +SKIP
0.51
"""

from lean_mesa.city import LeanCity
from lean_mesa.firm import Firm

__all__ = ["Firm", "LeanCity"]
