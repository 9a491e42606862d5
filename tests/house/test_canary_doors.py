"""Does what a reporter says at a door stay out of logs, pages and files, whatever goes wrong?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.typesetting import LetterFacts, typeset
from tests.conftest import NOW
from tests.support.eyes import FOUND, dumped, on_disk, read
from tests.support.make import canaries
from tests.support.make.canaries import words_of


@pytest.mark.database
def test_no_door_lets_a_reporter_s_words_through_to_log_page_or_disk(
    app: Flask,
    sign_in: Callable[[str], FlaskClient],
    logged: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half a call, a botched one, half a report, a fault nobody foresaw: all hold who speaks."""
    assert canaries.by_telephone(sign_in("cz.operator")) == [200, 422, 303, 303]
    answers, progress = canaries.by_the_public_door(app)
    assert answers == [422, *[303] * 6, 303]
    assert not FOUND.search(progress), "not even to whoever shows the query code"
    name, phone, _address = words_of(32)
    sent = {"kinds": ["report"], "facts": "样例", "subject_name": "样例", "standing": "real_name",
            "caller_name": name, "phone": phone}  # fmt: skip

    def fault(*_given: object) -> None:
        raise RuntimeError("planted")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("app.public.actions.take_in", fault)
    assert app.test_client().post("/report", data=sent).status_code == 500
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert "planted" in logged.getvalue(), "the log was really caught"
    assert not FOUND.search(logged.getvalue())
    assert dumped(app) == []
    assert on_disk(app.config["SETTINGS"].instance_path) == []


def test_a_leak_inside_a_document_or_a_table_is_found() -> None:
    """The control of the eyes: packed and typeset words are read too."""
    name = words_of(3)[0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<c>{name}</c>")
    facts = LetterFacts(
        organ="样例局", number="样例〔2026〕1号", title="样例", addressees=name, body=("样例",),
        signed_by="样例局", signed_on=NOW.date(),
    )  # fmt: skip
    letter = typeset("letter", facts, title="样例", author="样例局")
    for content in (packed.getvalue(), letter.content):
        assert name.encode() not in content
        assert FOUND.findall(read(content))
