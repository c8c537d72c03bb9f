"""Cities that several test files live in: their history is settled once a session, and nobody may change it."""

from __future__ import annotations

import os

import pytest

from clustersim.quarter import History, settle_history
from clustersim.scenario import Scenario

# Solara reads these when it is imported: a test keeps no number of its user in the home folder and reports nothing.
os.environ.update(SOLARA_TELEMETRY_SERVER_USER_ID="nobody", SOLARA_TELEMETRY_MIXPANEL_ENABLE="False")


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
