"""What may be typed into a field, and what is said where it may not."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from flask_babel import force_locale
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict

from app.kernel import storage
from app.kernel.errors import Refused, Stale
from app.web import uploads
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    LineField,
    MoneyField,
    RadioField,
    SelectField,
    TickField,
    in_words,
    optional,
    options,
    required,
)
from tests.web.conftest import done

pytestmark = pytest.mark.database


class Sample(HouseForm):
    line = LineField("行", most=10)
    block = BlockField("段", most=20)
    day = HouseDateField("日", [optional()])
    must = HouseDateField("必", [required()])
    money = MoneyField("金额")
    one = SelectField("选", choices=options({"a": "甲", "b": "乙"}, empty="—"), default="")
    radio = RadioField("单选", choices=options({"a": "甲", "b": "乙"}), validators=[optional()])
    ticks = TickField("勾", choices=options({"a": "甲", "b": "乙"}))


@pytest.fixture
def filled(app):
    """Send fields to the sample form and return it, validated."""

    def send(**fields):
        pairs = [("must", "2026-09-22")] if "must" not in fields else []
        for name, value in fields.items():
            pairs += [(name, v) for v in (value if isinstance(value, list) else [value])]
        with app.test_request_context("/", method="POST", data=MultiDict(pairs)):
            form = Sample()
            form.valid = form.validate()
            return form

    return send


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  电线  ", "电线"), ("BV 2.5", "BV 2.5"), ("䶮𬎆", "䶮𬎆"), ("a" * 10, "a" * 10), ("", "")],
)
def test_a_line_is_trimmed_and_rare_characters_stay(filled, typed, kept):
    form = filled(line=typed)
    assert form.valid, form.errors
    assert form.line.data == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("a" * 11, "最多 10 个字"), ("a" * 5000, "最多 10 个字"), ("电\x00线", "控制字符"),
        ("电\x1b[31m", "控制字符"), ("电\x7f", "控制字符"), ("电\ufffd线", "无法识别的字符"),
        ("电\n线", "控制字符"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_and_kept_as_typed(filled, typed, told):
    form = filled(line=typed)
    assert not form.valid
    assert told in form.line.errors[0]
    assert form.line.data == typed.translate(dict.fromkeys((0, 27, 127)))


def test_lone_surrogates_arrive_as_unreadable_and_are_refused(bench, sign_in):
    part = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xed\xa0\x80\r\n--b--\r\n'
    answer = _signed(bench, sign_in).post(
        "/bench/form", data=part, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code == 422
    assert "无法识别的字符" in answer.get_data(as_text=True)


def test_a_block_unifies_line_ends(filled):
    form = filled(block="一\r\n二\r三\n")
    assert form.valid
    assert form.block.data == "一\n二\n三"
    assert not filled(block="一\x07").valid


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01", "gestern", "22.9.2026", "2026-9"])
@pytest.mark.parametrize("field", ["day", "must"])
def test_an_impossible_day_says_so_at_its_field(filled, field, typed):
    form = filled(**{field: typed})
    assert not form.valid
    assert form[field].errors == ["没有这一天，请按 2026-09-22 的样子填写。"]
    assert form[field].raw_data == [typed]


def test_a_day_may_be_left_out_only_where_it_may(filled):
    form = filled(day="", must="")
    assert form.day.errors in ((), [])
    assert form.must.errors == ["请填写这一项。"]
    assert filled(must="2026-09-22").must.day == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", "0.00"),
        ("1240.5", "1240.50"),
        ("1,864,000.00", "1864000.00"),
        ("1 240", "1240.00"),
        ("", None),
    ],
)
def test_money_is_exact(filled, typed, amount):
    form = filled(money=typed)
    assert form.valid, form.errors
    assert form.money.amount == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    "typed", ["-1", "1.005", "NaN", "Infinity", "1e13", "三百", "1..2", "0x10"]
)
def test_money_that_is_none_is_refused(filled, typed):
    form = filled(money=typed)
    assert not form.valid
    assert form.money.data == typed
    assert form.money.amount is None


def test_a_choice_nobody_offered_is_refused(filled):
    assert not filled(one="z").valid
    assert not filled(radio="z").valid
    assert not filled(ticks=["a", "z"]).valid
    assert filled(one="a", radio="b", ticks=["a", "b"]).valid


def test_a_field_sent_twice_where_one_was_asked_is_refused(filled):
    form = filled(line=["a", "b"])
    assert not form.valid
    assert form.line.errors[-1] == "这一项重复提交了。"


def test_a_form_keeps_its_key_when_it_comes_back(app):
    with app.test_request_context("/"):
        first, second = Sample(), Sample()
        assert len(first.form_key.data) == 32
        assert first.form_key.data != second.form_key.data
    with app.test_request_context("/", method="POST", data={"form_key": first.form_key.data}):
        assert Sample().form_key.data == first.form_key.data


def test_a_form_of_an_older_version_is_stale(app):
    class Record:
        version = 7

    for sent, stale in (("7", False), ("6", True), ("", False), ("x", True)):
        with app.test_request_context("/", method="POST", data={"version": sent}):
            form = Sample()
            if stale:
                with pytest.raises(Stale):
                    form.must_match(Record())
            else:
                form.must_match(Record())


@pytest.mark.parametrize(("field", "at_field"), [("line", True), ("nowhere", False), (None, False)])
def test_a_refusal_stands_at_its_field_or_at_the_form(app, field, at_field):
    with app.test_request_context("/", method="POST", data={"must": "2026-09-22"}):
        form = Sample()
        assert form.validate()
        with form.refusals():
            raise Refused("password_length", field=field, least=10)
        told = "密码至少 10 位，最多 128 位。"
        assert (told in form.line.errors) is at_field
        assert (told in form.form_errors) is not at_field


# Files --------------------------------------------------------------------------------------------


def _photo(name="现场.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return io.BytesIO(out.getvalue()), name


def _signed(bench, sign_in, account="qs.inspector"):
    with sign_in(account).session_transaction() as cookie:
        token = cookie["_user_id"]
    client = bench.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


def test_a_photo_is_kept_before_the_lock_and_handed_to_its_field(bench, sign_in):
    client = _signed(bench, sign_in)
    fields = {"name": "电线", "photos": [_photo(), _photo("二.jpg")]}
    answer = client.post("/bench/form", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert done == ["电线 2 青石县市场监督管理局"]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.jpg", "是空的"),
        (b"%PDF-1.7", "a.pdf", "不收"),
        (b"MZ\x90\x00", "a.jpg", "不收"),
        (b"<svg onload=alert(1)>", "a.svg", "不收"),
        (b"\xff\xd8\xff\xe0broken", "a.jpg", "已损坏"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_named(bench, sign_in, content, name, told):
    client = _signed(bench, sign_in)
    fields = {"name": "电线", "photos": (io.BytesIO(content), name)}
    answer = client.post("/bench/form", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert name in answer.get_data(as_text=True)


def test_no_file_of_somebody_who_may_not_is_even_opened(bench):
    shelf = storage.shelf().folder
    before = sorted(shelf.rglob("*"))
    fields = {"name": "电线", "photos": [_photo()]}
    answer = bench.test_client().post(
        "/bench/form", data=fields, content_type="multipart/form-data"
    )
    assert answer.status_code == 401
    assert sorted(shelf.rglob("*")) == before


def test_a_file_outside_the_early_pass_is_kept_when_asked_for(app):
    with app.test_request_context("/"):
        content, name = _photo()
        stored = uploads.kept(FileStorage(content, filename=name), storage.PHOTOS)
        assert stored.media_type == "image/jpeg"
        content, name = _photo()
        with pytest.raises(Refused) as refused:
            uploads.kept(FileStorage(content, filename=name), frozenset({"application/pdf"}))
        assert refused.value.code == "file_type"


def test_a_refusal_tells_choices_in_words_and_nothing_hidden(app):
    with app.test_request_context("/", method="POST", data={"x-one": "b", "x-ticks": ["a", "b"]}):
        Sample(prefix="x")
        sent = [("x-one", "b"), ("x-ticks", "a"), ("x-line", "b"), ("x-one", "c"), ("other", "b")]
        told = [in_words(*each) for each in sent]
        assert told == ["选：乙", "勾：甲", "b", "c", "b"]
        assert in_words("x-version", "3") == ""


def test_in_english_a_choice_is_told_with_english_signs(app):
    with app.test_request_context("/", method="POST"), force_locale("en"):
        Sample(prefix="x")
        assert in_words("x-one", "b") == "选: 乙"
