"""What tests of several services share: a coordinator who plans a round."""

import pytest
from planned_round import Planner

from lirk.storage.database import Database


@pytest.fixture
def planner(database, now):
    return Planner(database, now)


@pytest.fixture
def quick(tmp_path, now):
    """On SQLite alone, for what no database has a part in."""
    made = Database(f"sqlite:///{tmp_path / 'lirk.sqlite'}")
    made.upgrade()
    yield Planner(made, now)
    made.dispose()
