"""The sums over firms from which the package makes its indicators: one look at every firm."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from clustersim.foundation.words import SECTORS, Site, Stage
from clustersim.indicators import tallies as of
from clustersim.indicators.census import Census
from clustersim.indicators.clusters import adjusted, information
from clustersim.indicators.counts import measure_counts
from clustersim.indicators.functions import measure_functions
from clustersim.indicators.green import measure_green
from clustersim.indicators.indicator import with_city
from clustersim.indicators.money import measure_money
from clustersim.indicators.space import measure_space
from clustersim.world.land_use import land_per_floor

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity

PARK, BLOCK, PLOT, VILLAGE = int(Site.PARK), int(Site.BLOCK), int(Site.PLOT), int(Site.VILLAGE)
BINS = 640  # of productivity, 16 to a unit of its logarithm
FINE, MOST = 1e-2, 1.5  # 0.01 mu in a mu; most of the mean that either half of a score may count
NONE = int(Stage.NONE)


def measure(city: LeanCity) -> dict[str, float]:
    """Indicators of the city at the end of a quarter, by name."""
    world, a = city.world, city.assumptions
    census, use, good = take_census(city)
    space = measure_space(world, census, a)
    columns = {
        **space,
        **measure_functions(world, census, a),
        **measure_green(world, census, a, space["land_in_use_mu"]),
        **measure_counts(world, census),
        **measure_money(world),
    }
    found = {name: float(values[-1]) for name, values in columns.items()}
    shared, entropy = information(census.jobs)
    found["clusters"] = adjusted(shared, float(world.city.null_information[0]), entropy)
    found["factors"] = factors(census, use, good)
    return found


def factors(census: Census, use: np.ndarray, good: np.ndarray) -> float:
    """Half the share of land, power and labour in good hands, half their rank of productivity weighted by use."""
    to_here = np.cumsum(census.histogram, axis=1)
    ranks = (to_here - 0.5 * census.histogram) / np.maximum(to_here[:, -1:], 1)
    all_ = use.sum(axis=1)
    return float(0.5 * (good / all_).mean() + 0.5 * ((use * ranks).sum(axis=1) / all_).mean())


def take_census(city: LeanCity) -> tuple[Census, np.ndarray, np.ndarray]:
    """Walk over all firms once; returns the sums, [factor, bin] use by productivity and [factor] use in good hands."""
    world, a = city.world, city.assumptions
    towns, parks, cells = len(city.towns), len(world.parks), len(world.cells)
    ratios = land_per_floor(world, a.village_floor_area_ratio)
    of_park, of_block, of_plot = ratios.park.tolist(), ratios.block.tolist(), ratios.plot.tolist()
    standard, standard_energy = a.measured_standard, a.measured_standard_energy
    mean_mu, mean_kwh, line = world.city.good_lines.tolist()
    park_floor = [[0] * SECTORS for _ in range(parks)]
    cell_firms, cell_village = [0] * cells, [0.0] * cells
    squares, sums = [0.0] * SECTORS, []
    jobs, sales, stood = ([[0.0] * SECTORS for _ in range(towns)] for _ in range(3))
    use, heads = ([[0.0] * BINS for _ in range(3)] for _ in range(2))
    (use_land, use_power, use_labour), (by_land, by_power, by_labour) = use, heads
    good_land = good_power = good_labour = 0.0
    for town, firms in enumerate(city.towns):
        jobs_here, sales_here, stood_here = jobs[town], sales[town], stood[town]
        grades = [0] * of.GRADES
        all_land = all_kwh = all_jobs = all_sales = above_sales = emissions = village_land = village_squares = 0.0
        plot_land = plot_squares = above_land = safety_jobs = all_productivity = jobs_productivity = 0.0
        bad = in_parks = in_village = cases = known = models = registered = above_firms = 0
        for firm in firms:
            site, sector, land, floor = firm.site, firm.sector, firm.land, firm.floor
            cell_firms[firm.cell] += 1
            if land:
                used, mine = land * floor / (floor + firm.let) if floor else land, land
                if site == PLOT:
                    plot_land += land
                    plot_squares += land * land
            else:
                if site == VILLAGE:
                    used = ratios.village * floor
                    in_village += 1
                    village_land += used
                    village_squares += used * used
                    cell_village[firm.cell] += used
                elif site == PARK:
                    used = of_park[firm.place] * floor
                    park_floor[firm.place][sector] += floor
                    in_parks += 1
                else:
                    owner = firm.landlord
                    if owner is not None and owner.alive and owner.land and owner.site == site:
                        used = owner.land * floor / (owner.floor + owner.let)
                    else:
                        used = (of_plot[town] if site == PLOT else of_block[firm.place]) * floor
                mine = used
            revenue, people, per_yuan = firm.revenue, firm.employees, firm.kwh_per_yuan
            kwh, productivity = revenue * per_yuan, firm.productivity
            all_land += used
            all_kwh += kwh
            all_jobs += people
            all_sales += revenue
            emissions += revenue * firm.emission_per_yuan
            all_productivity += productivity
            jobs_productivity += people * productivity
            safety = firm.safety
            safety_jobs += people * safety
            if firm.above_scale:
                above_sales += revenue
                above_land += mine
                above_firms += 1
            jobs_here[sector] += people
            sales_here[sector] += revenue
            stood_here[sector] += 1
            squares[sector] += people * people
            grades[firm.grade] += 1
            if (
                firm.marks or safety > standard or firm.environment > standard or firm.fire > standard
                or firm.energy > standard_energy
            ):  # fmt: skip
                bad += 1
            if firm.stage:
                cases += 1
            if firm.known:
                known += 1
            if firm.model_firm:
                models += 1
            if firm.registered:
                registered += 1
            # Ranks of productivity, and use in good hands
            per_mu = 100.0 * revenue / used if used else 0.0
            if per_mu > 1.0:
                place = int(16.0 * log(per_mu))
                use_land[place] += used
                by_land[place] += 1
            place = int(16.0 * log(65536.0 / per_yuan))
            use_power[place] += kwh
            by_power[place] += 1
            place = int(16.0 * log(revenue / people))
            use_labour[place] += people
            by_labour[place] += 1
            first, second = per_mu / mean_mu, 1.0 / (per_yuan * mean_kwh)
            reached = (first if first < MOST else MOST) + (second if second < MOST else MOST)
            if site == PARK or 0.5 * reached >= line:
                good_land += used
                good_power += kwh
                good_labour += people
        states = [bad, in_parks, in_village, cases, known, models, registered, above_firms]
        sums.append([
            100.0 * all_land, all_kwh, 1e3 * all_jobs, 1e2 * above_sales, 1e2 * emissions, 1e2 * village_land,
            1e4 * village_squares, plot_land, plot_squares, 1e2 * above_land, 1e6 * safety_jobs,
            1e6 * all_productivity, 1e6 * jobs_productivity, *states, *grades, len(firms), 1e6 * all_jobs,
            1e2 * all_sales,
        ])  # fmt: skip
    world.city.stood[:] = stood
    census = Census(
        sums=with_city(whole(sums).T).T, jobs=whole(jobs, 1e6), sales=whole(sales, 1e2), squares=whole(squares, 1e6),
        park_floor=whole(park_floor), cell_firms=whole(cell_firms), cell_village=whole(cell_village, 1e2),
        histogram=whole(heads), land_used=np.zeros(0, np.int64), bins=np.zeros((3, 0), np.int16),
    )  # fmt: skip
    return census, np.array(use), np.array([good_land, good_power, good_labour])


def whole(values: list[float] | list[list[float]] | list[list[int]] | list[int], scale: float = 1.0) -> np.ndarray:
    """Sums in the fixed point in which the package counts them."""
    return np.rint(scale * np.array(values, np.float64)).astype(np.int64)
