"""Cities that several test files live in: their history is settled once a session, and nobody may change it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest

from clustersim.quarter import History, settle_history
from clustersim.scenario import Scenario

# Solara reads these when it is imported: a test keeps no number of its user in the home folder and reports nothing.
os.environ.update(SOLARA_TELEMETRY_SERVER_USER_ID="nobody", SOLARA_TELEMETRY_MIXPANEL_ENABLE="False")


@pytest.fixture(autouse=True)
def log_let_go() -> Iterator[None]:
    """Whatever a test does to the log of the package is undone: commands keep it from the console for good."""
    logger = logging.getLogger("clustersim")
    before = list(logger.handlers), logger.propagate, logger.level
    yield
    for handler in [one for one in logger.handlers if one not in before[0]]:
        logger.removeHandler(handler)
        handler.close()
    logger.propagate, logger.level = before[1:]


@pytest.fixture(scope="session")
def town_history() -> History:
    """The end of the history of a city of 400 firms."""
    return settle_history(Scenario().background(), 400, 1)


@pytest.fixture(scope="session")
def city_history() -> History:
    """The end of the history of a city of 2,000 firms."""
    return settle_history(Scenario().background(), 2_000, 1)


@pytest.fixture(scope="session")
def big_history() -> History:
    """The end of the history of a city of 10,000 firms, for what is rare."""
    return settle_history(Scenario().background(), 10_000, 1)
