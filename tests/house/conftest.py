"""What only the rules of the house need: an ear for everything that is written down."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout

import pytest
import structlog


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that is written to the log or to a standard stream meanwhile."""
    written = io.StringIO()
    for module in [m for name, m in sys.modules.items() if name.startswith("app.")]:
        if hasattr(module, "log"):  # a logger once used keeps where it wrote to
            monkeypatch.setattr(module, "log", structlog.get_logger())
    log = logging.StreamHandler(written)
    logging.getLogger().addHandler(log)
    before = structlog.get_config()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(written), cache_logger_on_first_use=False
    )
    with redirect_stderr(written), redirect_stdout(written):
        yield written
    structlog.configure(**before)
    logging.getLogger().removeHandler(log)
