"""What firms earn and hold: fixed cost that leaves the known margins, cash, last year's figures, evaluation pools."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIARE, CENTIMU, FEN, SQUARE_METRES_PER_MU, Pool, Site, Tenure
from clustersim.world.columns import Floats
from clustersim.world.population.luck import Draw, exp, log, normals, uniforms
from clustersim.world.tables import World

_WATT_HOURS: Final = 1000.0  # in a kWh
_LARGE_PLOT: Final = 3 * CENTIMU
_MEDIAN: Final = 1e6  # below_log_mean is in million yuan


def draw_trade(world: World, a: Assumptions) -> None:
    """Give every firm its fixed cost, cash, pool and the figures of 2018.

    Accounts turn the year over in the first quarter, so 2018 stands in the columns of this year as well.
    """
    firms, seed = world.firms, world.seed
    firms.fixed_share[:] = np.maximum(_fixed_share(world, a), 0.0)
    firms.fixed_cost[:] = firms.fixed_share * firms.revenue
    cash = a.cash_low + max(a.cash_high - a.cash_low, 0.0) * uniforms(seed, firms.uid, Draw.CASH)
    firms.cash[:] = np.rint(cash * firms.revenue * FEN)

    noise = exp(a.tax_noise * normals(seed, firms.uid, Draw.TAX) - 0.5 * a.tax_noise * a.tax_noise)
    tax = a.value_added_share * np.where(firms.above_scale, a.tax_share_above, a.tax_share_below) * noise
    firms.tax_noise[:] = noise
    firms.revenue_last_year[:] = np.rint(firms.revenue * FEN)
    firms.kwh_last_year[:] = np.rint(firms.revenue * firms.kwh_per_yuan * _WATT_HOURS)
    firms.tax_last_year[:] = np.rint(firms.revenue * tax * FEN)
    firms.revenue_year[:] = firms.revenue_last_year
    firms.kwh_year[:] = firms.kwh_last_year
    firms.tax_year[:] = firms.tax_last_year
    firms.kwh_base[:] = firms.kwh_last_year

    owner = firms.tenure == Tenure.OWNER
    plot_pool = np.where(firms.land >= _LARGE_PLOT, int(Pool.BELOW_SCALE_LARGE_PLOT), int(Pool.BELOW_SCALE_SMALL_PLOT))
    below = np.where(owner, plot_pool, int(Pool.TENANTS))
    graded = np.where(firms.above_scale, int(Pool.ABOVE_SCALE), below)
    firms.pool[:] = np.where(firms.registered, graded, int(Pool.UNGRADED))


def _fixed_share(world: World, a: Assumptions) -> Floats:
    """Fixed cost over revenue: what variable cost, rent, land tax and discharge leave above the firm's margin.

    A firm of mean productivity earns its sector's margin on average; margins of small firms differ more.
    """
    firms, sectors, own = world.firms, world.sectors, world.firms.sector
    size = exp(a.firm_spread_size * (log(firms.revenue / _MEDIAN) - a.below_log_mean))
    margin = sectors.margin[own] + a.margin_productivity * firms.productivity
    margin = margin + a.margin_spread * size * normals(world.seed, firms.uid, Draw.MARGIN)
    land_tax = a.opening_land_tax * SQUARE_METRES_PER_MU * firms.land / CENTIMU
    discharge = np.where(sectors.polluting[own], a.opening_discharge, 0.0)
    return np.asarray(
        1.0 / a.markup_elasticity - margin - (_rent_a_year(world, a) + land_tax) / firms.revenue - discharge
    )


def _rent_a_year(world: World, a: Assumptions) -> Floats:
    """Yuan a year for rented floor, or for the unit bought in a park."""
    firms, parks = world.firms, world.parks
    park = np.where(firms.site == Site.PARK, firms.place, 0)
    rent = np.where(firms.site == Site.VILLAGE, a.rent_village, a.rent_ordinary)
    rent = np.where(firms.site == Site.PARK, parks.rent[park], rent)
    yearly = np.where(firms.tenure == Tenure.UNIT_OWNER, a.unit_finance_rate * parks.price[park], 12.0 * rent)
    return np.asarray(np.where(firms.tenure == Tenure.OWNER, 0.0, yearly * firms.floor / CENTIARE))
