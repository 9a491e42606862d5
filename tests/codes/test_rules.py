"""What is an acceptable entry of a code list?"""

import tomllib
from datetime import date

import pytest

from app.codes import actions, rules
from app.codes.rules import CodeList
from app.kernel.errors import Refused

DAY = date(2026, 9, 22)


@pytest.mark.parametrize("code", ["wire_cable", "a", "e_bicycle2", "x" * 40])
def test_a_code_is_a_short_word(code):
    rules.check_code(code)


@pytest.mark.parametrize("code", ["", "电缆", "Wire", "2wheel", "wire-cable", "x" * 41, "a b"])
def test_any_other_code_is_refused(code):
    with pytest.raises(Refused) as refused:
        rules.check_code(code)
    assert (refused.value.code, refused.value.field) == ("code_form", "code")


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_valid"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2026, 9, 23), None, False),
        (None, DAY, True),
        (None, date(2026, 9, 21), False),
        (date(2026, 9, 1), date(2026, 9, 30), True),
    ],
)
def test_an_entry_may_be_chosen_from_its_first_to_its_last_day(valid_from, valid_to, is_valid):
    assert rules.is_valid(valid_from, valid_to, DAY) is is_valid


def test_an_entry_cannot_end_before_it_begins():
    rules.check_retirement(None, date(1980, 1, 1))
    rules.check_retirement(DAY, DAY)
    with pytest.raises(Refused):
        rules.check_retirement(DAY, date(2026, 9, 21))


def test_groups_are_no_deeper_than_a_list_can_show():
    rules.check_depth(3)
    with pytest.raises(Refused):
        rules.check_depth(4)


@pytest.mark.parametrize("name", list(CodeList))
def test_what_is_shipped_would_be_accepted(name):
    shipped = tomllib.loads((actions.DEFAULTS / f"{name}.toml").read_text(encoding="utf-8"))
    assert shipped
    for code, (zh, en, parent) in shipped.items():
        rules.check_code(code)
        assert zh
        assert en.isascii()
        assert not parent or list(shipped).index(parent) < list(shipped).index(code)
    for place in (0, 1):
        names = [names[place] for names in shipped.values()]
        assert len(set(names)) == len(names)


def test_the_ten_products_of_the_statistics_table_come_first_in_its_order():
    shipped = tomllib.loads((actions.DEFAULTS / "products.toml").read_text(encoding="utf-8"))
    ten = [zh for zh, _, parent in shipped.values() if parent == "industrial"]
    assert "·".join(ten) == (
        "危险化学品·危险化学品包装物·车载常压罐体·钢筋·水泥·电线电缆·燃气具·烟花爆竹·"
        "电动自行车·电动自行车充电器和电池"
    )
