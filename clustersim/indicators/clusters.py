"""Clusters 产业集群: whether towns differ in what they make.

The index of the city is the mutual information of sector and town over jobs, less what chance alone gives, over the
most it could be: (MI - null) / (entropy of sectors - null). The null is the mean of 20 random re-labellings of the
firms with each other's sectors, renewed every first quarter (D-041). The index of a town is the share of its
output that its lead sector makes.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.draws import words
from clustersim.foundation.mathematics import in_millionths, logarithm
from clustersim.foundation.words import Luck
from clustersim.indicators.census import Census
from clustersim.indicators.indicator import Columns, Indicator, ratio, with_city
from clustersim.world.columns import Flags, Floats, Long, Small
from clustersim.world.tables import World

_PERMUTATION: Final = int(Luck.PERMUTATION)
PERMUTATIONS: Final = 20
HIGH_QUOTIENT: Final = 1.25  # location quotient from which a sector counts as concentrated in a town

INDICATORS: Final = (
    Indicator("clusters", "0 to 1", "index", "产业集群指数", "Clusters index",
              "city: sector and town share information beyond chance; town: share of output in its lead sector", 1),
    Indicator("mutual_information", "nats", "ratio", "行业与地点互信息", "Mutual information",
              "of sector and town over jobs, before chance is taken off", 1, city_only=True),
    Indicator("mutual_information_null", "nats", "ratio", "互信息随机基准", "Mutual information by chance",
              "mean over 20 random re-labellings of firms, renewed yearly", city_only=True),
    Indicator("ellison_glaeser", "", "ratio", "EG集聚指数", "Ellison-Glaeser gamma",
              "concentration of sectors over towns beyond that of plants; mean by jobs", 1, city_only=True),
    Indicator("location_quotients_high", "pairs", "stock", "区位商不低于1.25的行业数", "High location quotients",
              "sectors whose share of the town's jobs is 1.25 of the city's or more", 1),
    Indicator("lead_sector_output_share", "share", "ratio", "主导行业产出占比", "Output of lead sectors",
              "share of a town's output in its largest sector; city: mean by output", 1),
    Indicator("park_lead_floor_share", "share", "ratio", "园区主导行业面积占比", "Park floor of lead sectors",
              "share of used park floor held by the sector that holds most of its park", 1),
)  # fmt: skip


def measure_clusters(world: World, census: Census) -> Columns:
    """The index and its companions; renews the null when the year is new or there is none yet."""
    null = world.city.null_information
    if world.quarter.number == 1 or null[1] == 0.0:
        null[:] = null_information(world, len(census.jobs))
    towns = len(world.towns)
    jobs, sales = census.jobs, census.sales
    shared, entropy = information(jobs)
    lead = sales.max(axis=1)
    lead_share = ratio(with_city(lead), with_city(sales.sum(axis=1)))
    clusters = lead_share.copy()
    clusters[-1] = adjusted(shared, float(null[0]), entropy)
    most = with_city(np.bincount(world.parks.town, census.park_floor.max(axis=1), towns).astype(np.int64))
    used = with_city(np.bincount(world.parks.town, census.park_floor.sum(axis=1), towns).astype(np.int64))
    quotients = ratio(ratio(jobs, jobs.sum(axis=1, keepdims=True)), ratio(jobs.sum(axis=0), jobs.sum()))
    return {
        "clusters": clusters,
        "mutual_information": _city_only(shared, towns),
        "mutual_information_null": _city_only(float(null[0]), towns),
        "ellison_glaeser": _city_only(ellison_glaeser(jobs, census.squares), towns),
        "location_quotients_high": with_city(np.count_nonzero(quotients >= HIGH_QUOTIENT, axis=1)).astype(np.float64),
        "lead_sector_output_share": lead_share,
        "park_lead_floor_share": ratio(most, used),
    }  # fmt: skip


@rule
def adjusted(shared: float, null: float, entropy: float) -> float:
    """Information beyond chance over the most there could be, within [0, 1].

    >>> adjusted(0.2, 0.2, 2.0), adjusted(2.0, 0.2, 2.0), adjusted(0.0, 0.0, 0.0)
    (0.0, 1.0, 0.0)
    """
    room = entropy - null
    return min(max((shared - null) / room, 0.0), 1.0) if room > 0.0 else 0.0


@rule
def information(table: Long) -> tuple[float, float]:
    """Mutual information of the rows and columns of a table of whole weights, and the entropy of its columns (nats)."""
    rows = table.sum(axis=1)
    columns = table.sum(axis=0)
    total = np.float64(rows.sum())
    shared, entropy = 0.0, 0.0
    if total <= 0.0:
        return shared, entropy
    for column in range(len(columns)):
        if columns[column] > 0:
            entropy -= columns[column] / total * logarithm(columns[column] / total)
    for row in range(len(rows)):
        for column in range(len(columns)):
            weight = table[row, column]
            if weight > 0:
                by_chance = np.float64(rows[row]) * np.float64(columns[column])
                shared += weight / total * logarithm(np.float64(weight) * total / by_chance)
    return max(shared, 0.0), entropy


def ellison_glaeser(jobs: Long, squares: Long) -> float:
    """Gamma of Ellison and Glaeser (1997), mean over sectors weighted by jobs; 0 is what dartboard luck gives.

    `jobs` [town, sector] and `squares` [sector] in 1e-6 people and their squares.
    """
    by_sector = jobs.sum(axis=0).astype(np.float64)
    towns = ratio(jobs.sum(axis=1), jobs.sum())
    uneven = (ratio(jobs, by_sector) - towns[:, None]) ** 2
    spread = 1.0 - float((towns * towns).sum())
    plants = ratio(squares.astype(np.float64) * 1e6, by_sector * by_sector)  # squares are in (1e-3 people)^2
    gamma = ratio(ratio(uneven.sum(axis=0), spread) - plants, 1.0 - plants)
    return float(ratio((gamma * by_sector * (plants < 1.0)).sum(), (by_sector * (plants < 1.0)).sum()))


def null_information(world: World, towns: int) -> tuple[float, float]:
    """Mean mutual information over 20 re-labellings of living firms, and the entropy of sectors.

    One shuffle of all sector labels (Fisher-Yates on Philox words, over firms in the order of their uid) is laid
    against the firms at 20 keyed offsets. Each of the 20 is by itself a uniformly random permutation, so their mean
    has the same expectation as that of 20 separate shuffles, at an eighth of the cost.
    """
    firms, rows = world.firms, world.rows
    order = np.arange(rows)
    if np.any(np.diff(firms.uid[:rows]) < 0):
        order = np.argsort(firms.uid[:rows])
    tables = _shuffled_tables(
        0, rows, int(world.seed), world.quarter.index, towns, len(world.sectors), order, firms.alive, firms.town,
        firms.sector, firms.employees,
    )  # fmt: skip
    found = [information(table) for table in tables]
    return float(np.mean([shared for shared, _ in found])), float(np.mean([entropy for _, entropy in found]))


def _city_only(value: float, towns: int) -> Floats:
    column = np.zeros(towns + 1)
    column[-1] = value
    return column


@sweep
def _shuffled_tables(
    first: int, last: int, seed: int, quarter: int, towns: int, sectors: int, order: Long, alive: Flags, town: Small,
    sector: Small, employees: Floats,
) -> Long:  # fmt: skip
    """[permutation, town, sector] jobs in 1e-6 people, under shuffled labels."""
    tables = np.zeros((PERMUTATIONS, towns, sectors), np.int64)
    place = np.zeros(last - first, np.int8)
    label = np.zeros(last - first, np.int8)
    weight = np.zeros(last - first, np.int64)
    count = 0
    for step in range(first, last):
        row = order[step]
        if alive[row]:
            place[count], label[count], weight[count] = town[row], sector[row], in_millionths(employees[row])
            count += 1
    for step in range(count - 1, 0, -1):
        word, _, _, _ = words(seed, _PERMUTATION, quarter, step, 0)
        other = np.int64((word * np.uint64(step + 1)) >> np.uint64(32))
        label[step], label[other] = label[other], label[step]
    for one in range(PERMUTATIONS):
        word, _, _, _ = words(seed, _PERMUTATION, quarter, one, 1)
        offset = np.int64((word * np.uint64(count)) >> np.uint64(32))
        table = tables[one]
        for step in range(count - offset):
            table[place[step], label[step + offset]] += weight[step]
        for step in range(count - offset, count):
            table[place[step], label[step + offset - count]] += weight[step]
    return tables
