"""Who acts on clocks and calendars in the tests?"""

from __future__ import annotations

import pytest


@pytest.fixture
def officer(identity):
    return identity("qs.case_officer")


@pytest.fixture
def leader(identity):
    return identity("qs.unit_leader")


@pytest.fixture
def administrator(identity):
    return identity("lj.system_administrator")
