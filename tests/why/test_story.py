"""A firm's story: true to the run, in yuan that add up, with chances that are what happens."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from clustersim import ClusterModel, ScenarioError, load_scenario
from clustersim.firm.alone import Bar, InPark, Look, look
from clustersim.firm.choice import Market
from clustersim.firm.walk import COLUMNS
from clustersim.foundation.words import HORIZON, POLICY_START, Action, Cause, Quarter, Reason
from clustersim.quarter import History, fork, live
from clustersim.show import story as shown
from clustersim.show.story_words import ACTIONS, BARS, EVENTS, TERMS
from clustersim.show.text import width
from clustersim.why import events
from clustersim.why.replay import Seen, Story, in_yuan, tell
from clustersim.world.row import FirmRow
from clustersim.world.tables import World

LETTER = load_scenario("letter")


@pytest.fixture(scope="module")
def looks(city_history: History) -> list[tuple[Seen, Market]]:
    """Everything that every firm saw in the first two years."""
    found: list[tuple[Seen, Market]] = []
    world = fork(city_history, LETTER, 1)

    def decide(world: World, of: Market) -> None:
        for row in np.flatnonzero(world.firms.alive[: world.rows]).tolist():
            seen = look(FirmRow(world.firms, row), world, of)
            if seen is not None:
                found.append((in_yuan(seen, of.terms, world), of))
        COLUMNS.decide(world, of)

    for _ in live(world, LETTER, POLICY_START + 7, COLUMNS._replace(decide=decide)):
        pass
    return found


def test_the_terms_of_every_option_add_up_to_its_worth(looks: list[tuple[Seen, Market]]) -> None:
    kinds: Counter[Action] = Counter()
    for seen, _ in looks:
        for one in seen.options:
            if one.option.bar is None:
                kinds[one.option.action] += 1
                scale = max(abs(value) for value in one.terms.values())
                assert sum(one.terms.values()) == pytest.approx(one.value, abs=1e-9 * scale), one
                assert set(one.terms) <= set(TERMS)
    assert set(kinds) == set(Action), "all six kinds of option were weighed"


def test_chances_are_shares_of_one_and_barred_options_have_none(looks: list[tuple[Seen, Market]]) -> None:
    bars: Counter[Bar] = Counter()
    for seen, _ in looks:
        assert sum(one.chance for one in seen.options) == pytest.approx(1.0)
        assert all(one.chance == 0.0 and not one.terms for one in seen.options if one.option.bar)
        assert seen.options[seen.taken].option.bar is None
        bars.update(one.option.bar for one in seen.options if one.option.bar)
    missing = set(Bar) - set(bars) - {Bar.LEDGER_EMPTY, Bar.NO_LAND_FOR_D, Bar.SECTOR, Bar.STRICT}
    assert not missing, "every bar that is not rare was met"


def test_dearer_electricity_shows_where_a_low_grade_threatens(looks: list[tuple[Seen, Market]]) -> None:
    staying = [seen.options[0] for seen, _ in looks]
    dear = [one.terms["dearer electricity"] for one in staying]
    assert min(dear) < 0.0 and max(dear) == 0.0
    for seen, _ in looks:
        if not seen.look.me.graded:
            assert seen.options[0].terms["dearer electricity"] == 0.0


def test_chances_are_what_happens(city_history: History) -> None:
    """Over thousands of process seeds a firm takes each option as often as it is said to: a chi-square test."""
    world = fork(city_history, LETTER, 1)
    tried: list[tuple[FirmRow, Look, Market, World]] = []

    def decide(world: World, of: Market) -> None:
        for row in np.flatnonzero(world.firms.alive[: world.rows]).tolist():
            seen = look(FirmRow(world.firms, row), world, of)
            wide = seen and seen.reasons & Reason.CASE
            if seen and wide and sum(one.bar is None for one in (*seen.in_place, *seen.parks)) >= 5 and len(tried) < 3:
                _hold_to_chances(FirmRow(world.firms, row), world, of)
                tried.append((FirmRow(world.firms, row), seen, of, world))
        COLUMNS.decide(world, of)

    for _ in live(world, LETTER, POLICY_START + 5, COLUMNS._replace(decide=decide)):
        if len(tried) == 3:
            break
    assert len(tried) == 3


def _hold_to_chances(firm: FirmRow, world: World, of: Market) -> None:
    own, draws = world.seed, 3000
    taken: Counter[tuple[Action, int]] = Counter()
    chances: dict[tuple[Action, int], float] = {}
    for seed in range(draws):
        world.seed = seed
        seen = look(firm, world, of)
        assert seen is not None
        if not chances:
            chances = {_key(one.option): one.chance for one in in_yuan(seen, of.terms, world).options if one.chance}
        taken[_key(seen.taken)] += 1
    world.seed = own
    expected = {key: draws * chance for key, chance in chances.items()}
    frequent = [key for key, count in expected.items() if count >= 5.0]
    square = sum((taken[key] - expected[key]) ** 2 / expected[key] for key in frequent)
    assert square < 4.0 * len(frequent) + 10.0, (expected, taken)  # far beyond the 99.9th percentile
    rare = sum(taken[key] for key in taken if key not in frequent)
    assert rare <= 5 * 2 * max(1, len(expected) - len(frequent))


def _key(option: Any) -> tuple[Action, int]:
    return option.action, option.change.park if isinstance(option.change, InPark) else -1


@pytest.fixture(scope="module")
def stories(city_history: History) -> list[Story]:
    """Stories of firms to whom much happens, newcomers and leavers among them."""
    world, recorder = fork(city_history, LETTER, 1), events.Recorder()
    recorder.begin(world)
    for _ in live(world, LETTER, HORIZON, recorder.watching(COLUMNS)):
        recorder.end(world)
    table = recorder.columns(1)
    busiest = [uid for uid, _ in Counter(table["uid"].tolist()).most_common(4)]
    for kind in ("entry", "move", "refused", "exit"):
        busiest.append(int(table["uid"][table["event"].tolist().index(kind)]))
    return [tell(city_history, LETTER, 1, uid, HORIZON) for uid in busiest]


def test_a_story_runs_from_the_start_or_the_founding_to_the_end_or_the_exit(stories: list[Story]) -> None:
    for story in stories:
        first, last = story.quarters[0], story.quarters[-1]
        assert first.quarter == max(POLICY_START, story.born)
        assert last.alive == (last.cause is Cause.NONE)
        assert not last.alive or last.quarter == HORIZON
        assert all(one.alive for one in story.quarters[:-1])
    assert any(not story.quarters[-1].alive for story in stories)
    assert any(story.born >= POLICY_START for story in stories)


def test_a_look_says_what_the_firm_then_did(stories: list[Story]) -> None:
    for story in stories:
        for told in story.quarters:
            if told.seen is None:
                assert told.action in (Action.STAY, Action.EXIT)
                continue
            meant = told.seen.look.taken.action
            refused = any(one["event"] == "refused" for one in told.events)
            assert told.action == meant or refused or not told.alive
            assert told.seen.options[told.seen.taken].option.action == meant


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_story_reads_in_both_languages(stories: list[Story], lang: str) -> None:
    for story in stories:
        text = shown.story_text(story, "letter", 2_000, 1, lang)
        assert str(story.uid) in text.splitlines()[0]
        assert all(width(line) <= 130 for line in text.splitlines())
        for told in story.quarters:
            if told.seen:
                assert any(line.startswith(str(told.quarter)) for line in text.splitlines())
        plain = shown.story_json(story)
        assert [one["quarter"] for one in plain["quarters"]] == [str(one.quarter) for one in story.quarters]
        assert str(story).count("\n") >= sum(one.seen is not None for one in story.quarters)


def test_every_word_of_a_story_has_its_chinese() -> None:
    assert set(BARS) == set(Bar)
    assert set(EVENTS) == set(events.EVENTS)
    assert set(ACTIONS) == {one.name for one in Action}


def test_who_never_was_has_no_story(city_history: History) -> None:
    with pytest.raises(ScenarioError, match=r"UID 12345678: no such firm"):
        tell(city_history, LETTER, 1, 12345678, HORIZON)


def test_a_firm_explains_itself_in_the_model() -> None:
    model = ClusterModel(rng=1, firms=400, until="2022Q2")
    model.run_model()
    firm = next(one for one in model.agents if one.upgrades and one.last_upgrade >= POLICY_START)
    story = firm.explain()
    assert story.uid == firm.unique_id and story.quarters[-1].quarter == Quarter(2022, 2)
    assert any(one.action is Action.UPGRADE for one in story.quarters)
    firm.cash += 1_000.0
    with pytest.raises(ScenarioError, match="its cash is not what this policy and this luck give"):
        firm.explain()
