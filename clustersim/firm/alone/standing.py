"""What one firm knows of itself when it looks at its options."""

from __future__ import annotations

from clustersim.firm.alone.options import Standing
from clustersim.firm.choice import Market
from clustersim.firm.options import closing_seen, means_of, rent_a_quarter
from clustersim.firm.terms import CREDIT, TRAINED
from clustersim.foundation.words import Clearance, Pool, Site, Stage
from clustersim.letter.grading import log_points
from clustersim.world.row import FirmRow
from clustersim.world.tables import World


def stand(firm: FirmRow, world: World, of: Market) -> Standing:
    """Gather it from the firm, its park and the last grading."""
    t, parks, sales = of.terms, world.parks, firm.revenue
    inside = firm.site == Site.PARK
    park = firm.place if inside else 0
    hooks = of.park_hooks[park].tolist() if inside else [1.0] * of.park_hooks.shape[1]
    in_case = firm.stage >= Stage.REGISTERED
    hazard = max(firm.safety, firm.environment, firm.fire, firm.energy)
    closing, closing_cured = closing_seen(in_case, firm.case_kinds, t.closing_chance, t.closing_chance_marks)
    log_a, log_b, log_c = of.log_cuts[min(firm.pool, Pool.UNGRADED - 1)].tolist()
    return Standing(
        sales=sales,
        kwh_per_yuan=firm.kwh_per_yuan,
        log_score=log_points(firm.score),
        log_a=log_a,
        log_b=log_b,
        log_c=log_c,
        land=0.01 * firm.land,
        fixed=0.25 * firm.fixed_cost * hooks[TRAINED],
        rent=rent_a_quarter(
            firm.site, firm.tenure, 0.01 * firm.floor, t.rent_village, t.rent_ordinary, parks.rent.item(park),
            parks.price.item(park), t.unit_finance,
        ),
        rent_received=firm.rent_received,
        exposure=firm.belief * max(hazard, firm.severity if in_case else 0.0),
        closing=closing,
        closing_cured=closing_cured,
        means=means_of(firm.cash, t.credit, hooks[CREDIT], sales),
        hazard=hazard,
        site=firm.site_productivity,
        above=firm.above_scale,
        graded=world.city.graded > 0 and firm.pool < Pool.UNGRADED and firm.grade > 0,
        polluting=world.sectors.polluting.item(firm.sector),
        listed=firm.clearance == Clearance.NOTICE,  # a plot only put up for clearance has no money coming yet
    )  # fmt: skip
