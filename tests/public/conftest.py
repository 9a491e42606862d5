"""What is there for the world to read?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.disclosures import publications
from app.disclosures.rules import DisclosureState
from tests.support.make import disclosures as make


@pytest.fixture
def published(app: Flask) -> publications.Shown:
    """A publication that is shown."""
    with app.app_context():
        return publications.by_reference(make.reference(DisclosureState.PUBLISHED))


@pytest.fixture
def withdrawn(app: Flask) -> tuple[str, bytes]:
    """A withdrawn publication and the file somebody downloaded before."""
    with app.app_context():
        reference = make.reference(DisclosureState.PUBLISHED)
    client = app.test_client()
    with client.get(f"/disclosures/{reference}/file.pdf") as answer:
        content = answer.data
    with app.app_context():
        make.withdraw(reference)
    return reference, content
