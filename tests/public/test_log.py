"""Can anybody read the public log and check it, with pages, verbs and files alone?"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.disclosures import logbook, publications
from app.kernel import merkle, notebook, proof, publiclog
from app.kernel.db import db, unit_of_work
from app.kernel.publiclog import Act, Deed, Kind
from app.kernel.verify_publication import canonical, opened
from app.public import commands

pytestmark = pytest.mark.database
Open = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nothing_outside(app: Flask) -> None:
    notebook.book().path.unlink(missing_ok=True)


def run(app: Flask, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_commands(parser.add_subparsers(required=True))
    asked = parser.parse_args(arguments)
    with app.app_context():
        return int(asked.act(asked))


# Pages --------------------------------------------------------------------------------------------


def test_the_log_is_read_without_account(open_page: Open, withdrawn: tuple[str, bytes]) -> None:
    page = open_page("/log")
    assert page.text.index("第 1 条") < page.text.index("第 0 条")
    for word in ("撤下", "公示", withdrawn[0], "最新检查点", "下载核验程序"):
        assert word in page.text
    entry = open_page("/log/entries/1")
    assert "revoked" in entry.text
    assert withdrawn[0] in entry.text
    assert "公开日志第 1 条" in open_page(f"/disclosures/{withdrawn[0]}").text


def test_the_log_is_read_in_english(app: Flask, withdrawn: tuple[str, bytes]) -> None:
    for address in ("/log", "/log/entries/0", "/log/entries/1"):
        answer = app.test_client().get(address, headers={"Accept-Language": "en"})
        assert "Public log" in answer.text or "公开日志" in answer.text
        assert answer.status_code == 200


def test_an_empty_log_says_so(open_page: Open, app: Flask) -> None:
    assert "日志里还没有条目" in open_page("/log").text
    for address in ("/log/checkpoint", "/log/entries/0", "/log/entries/0.json"):
        assert app.test_client().get(address).status_code == 404
    assert app.test_client().get("/log/entries.jsonl").data == b""


def test_what_is_handed_out_proves_the_log(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        for number in range(21):
            publiclog.append(Deed(act=Act.PUBLISH, kind=Kind.NOTICE, reference=f"样例{number}"))
    client = app.test_client()
    key = client.get("/log/key").text
    size, root = opened(client.get("/log/checkpoint").text, key)
    assert size == 21
    for number in range(size):
        told = client.get(f"/log/entries/{number}.json").json
        leaf = merkle.leaf_hash(canonical(told["leaf"]))
        path = [bytes.fromhex(step) for step in told["path"]]
        assert merkle.is_included(number, size, leaf, path, root)
        assert opened(told["note"], key) == (size, root)
        old = opened(client.get(f"/log/checkpoint?size={number + 1}").text, key)
        grown = client.get(f"/log/consistency.json?old={number + 1}").json
        assert merkle.is_grown(old, (size, root), [bytes.fromhex(s) for s in grown["path"]])
    then = client.get("/log/entries/3.json?size=4").json
    assert then["size"] == 4
    lines = client.get("/log/entries.jsonl").data.splitlines()
    assert [json.loads(line)["index"] for line in lines] == list(range(21))


@pytest.mark.parametrize(
    "address",
    ["entries/2", "entries/2.json", "entries/0.json?size=9", "entries/1.json?size=1",
     "entries/0.json?size=x", "entries/0.json?size=²", "checkpoint?size=9", "checkpoint?size=0",
     "consistency.json", "consistency.json?old=0", "consistency.json?old=2&new=1",
     "consistency.json?old=1&new=99999999999999999999", "entries/-1", "entries/99999999999999999"],
)  # fmt: skip
def test_what_is_not_in_the_log_is_not_found(app: Flask, address: str) -> None:
    with app.app_context(), unit_of_work():
        publiclog.append(Deed(act=Act.PUBLISH, kind=Kind.NOTICE, reference="样例"))
        publiclog.append(Deed(act=Act.PUBLISH, kind=Kind.NOTICE, reference="样例"))
    assert app.test_client().get(f"/log/{address}").status_code == 404


def test_the_verifier_is_handed_out_as_it_is(app: Flask, root: Path) -> None:
    answer = app.test_client().get("/log/verify_publication.py")
    assert answer.data == (root / "app/kernel/verify_publication.py").read_bytes()
    assert "attachment" in answer.headers["Content-Disposition"]


# Verbs --------------------------------------------------------------------------------------------


def test_a_file_is_verified_on_the_command_line(
    app: Flask, withdrawn: tuple[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(withdrawn[1])
    assert run(app, "verify", str(file), "--json") == commands.GENUINE
    told = json.loads(capsys.readouterr().out)
    assert (told["genuine"], told["standing"], told["has_proof"]) == (True, "withdraw", True)
    assert told["entry"]["number"] == withdrawn[0]
    assert [entry["act"] for entry in told["later"]] == ["withdraw"]
    assert run(app, "verify", str(file)) == commands.GENUINE
    assert "since then: entry 1 withdraw (revoked)" in capsys.readouterr().out
    file.write_bytes(withdrawn[1][:-1] + b" ")
    assert run(app, "verify", str(file), "--json") == commands.NOT_GENUINE
    assert json.loads(capsys.readouterr().out)["standing"] == "unknown"
    assert run(app, "verify", str(file)) == commands.NOT_GENUINE


def test_what_is_no_pdf_cannot_be_verified(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("样例", "utf-8")
    for name in ("a.txt", "none.pdf", ""):
        assert run(app, "verify", str(tmp_path / name)) == commands.UNUSABLE
        assert capsys.readouterr().err.startswith("portal: ")
        assert run(app, "verify", str(tmp_path / name), "--json") == commands.UNUSABLE
        assert json.loads(capsys.readouterr().out)["error"]


def test_the_log_is_verified_on_the_command_line(
    app: Flask, withdrawn: tuple[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, "log", "verify", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["entries"], told["kept_outside"]) == (True, 2, 2)
    assert run(app, "log", "verify") == 0
    assert capsys.readouterr().out.startswith("the log holds: 2 entries\n")
    notes = list(notebook.book().notes())
    notebook.book().path.write_text(notes[0] + notes[1].replace("\n2\n", "\n3\n"), "utf-8")
    assert run(app, "log", "verify") == 1
    notebook.book().path.write_text("".join(notes), "utf-8")
    notebook.book().write(notebook.book().signed(3, b"\1" * 32))
    assert run(app, "log", "verify", "--json") == 1
    assert "does NOT hold" not in capsys.readouterr().err


# What was there before, and what is of another history --------------------------------------------


def test_what_was_published_before_the_log_is_entered_once(
    app: Flask, withdrawn: tuple[str, bytes]
) -> None:
    forget = {
        "sqlite": ("DROP TRIGGER public_log_entry_keep_DELETE",),
        "postgresql": ("DROP TRIGGER public_log_entry_keep ON public_log_entry",),
    }
    with app.app_context():
        with unit_of_work() as session:
            for statement in (
                *forget[db.engine.dialect.name],
                "DELETE FROM public_log_entry",
                "DELETE FROM number_series WHERE series = 'public-log'",
            ):
                session.execute(text(statement))
        notebook.book().path.unlink()
        # Its signature is ours, but the log here does not know it.
        assert proof.examined(withdrawn[1]).entry is None
        for known in (1, 0):
            with unit_of_work():
                assert logbook.log_what_was_published() == known
        told = publiclog.history(withdrawn[0])
        assert [entry.act for entry in told] == [Act.PUBLISH, Act.WITHDRAW]
        assert told[0].body == publications.by_reference(withdrawn[0]).pdf.sha256
        assert proof.first_fault() is None


def test_a_file_from_before_the_log_is_known_by_its_hash(app: Flask) -> None:
    with app.app_context():
        content = b"%PDF-1.7 old"
        with unit_of_work():
            body = "78a1e5f2" * 8
            publiclog.append(Deed(act=Act.PUBLISH, reference="G2026-0001", body=body))
        assert proof.examined(content).standing == "unknown"
        with unit_of_work():
            body = hashlib.sha256(content).hexdigest()
            publiclog.append(Deed(act=Act.PUBLISH, reference="G2026-0002", body=body))
        found = proof.examined(content)
        assert (found.standing, found.has_proof) == ("genuine", False)
