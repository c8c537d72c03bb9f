"""The terms of parks in plain scalars, for the compiled rules that choice and admission share."""

from __future__ import annotations

from typing import NamedTuple

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import SQUARE_METRES_PER_MU, Unit
from clustersim.letter.parks.levers import Levers
from clustersim.letter.parks.units import unit_sizes
from clustersim.world.tables import World


class Threshold(NamedTuple):
    """The threshold of admission (2.4) and the kinds of unit (1.5, 2.3) of a quarter."""

    vetoed: int  # sectors no park takes, as bits
    grade_floor: int  # lowest Grade that may enter
    grades_count: bool  # False while 4.1 is off: grade tests pass everyone
    hazard_limit: float
    least_tax: float  # yuan per mu and year, of strict parks
    least_investment: float  # yuan per mu, of strict parks
    hazard_left: float  # share of a hazard that is left after a move
    capital_ratio: float  # years of revenue
    fit_out: float  # yuan per m2
    floor_per_mu: float  # m2 of floor on a mu of park land
    small_size: int  # 0.01 m2
    standard_size: int  # 0.01 m2
    custom_size: int  # 0.01 m2, least
    incubator_size: int  # 0.01 m2
    most_small: int  # units a firm
    incubator_quarters: int  # age up to which a firm may take an incubator unit
    incubator_rent: float  # over the standard rent
    custom_fit_out: float  # over that of a standard unit
    incubator_fit_out: float


def threshold(world: World, levers: Levers, assumptions: Assumptions) -> Threshold:
    """What choice reckons with and admission tests this quarter."""
    sizes = unit_sizes(levers)
    return Threshold(
        vetoed=int(levers.vetoed_sectors),
        grade_floor=int(levers.grade_floor),
        grades_count=bool(world.city.grades_count),
        hazard_limit=float(levers.hazard_limit),
        least_tax=float(levers.tax_per_mu),
        least_investment=float(levers.investment_per_mu),
        hazard_left=float(assumptions.move_hazard),
        capital_ratio=float(assumptions.capital_ratio),
        fit_out=float(assumptions.fit_out),
        floor_per_mu=float(assumptions.park_floor_area_ratio * SQUARE_METRES_PER_MU),
        small_size=int(sizes[Unit.SMALL]),
        standard_size=int(sizes[Unit.STANDARD]),
        custom_size=int(sizes[Unit.CUSTOM]),
        incubator_size=int(sizes[Unit.INCUBATOR]),
        most_small=int(assumptions.small_units_a_firm),
        incubator_quarters=round(levers.incubator_years * 4),
        incubator_rent=float(levers.incubator_rent),
        custom_fit_out=float(assumptions.custom_fit_out),
        incubator_fit_out=float(assumptions.incubator_fit_out),
    )
