"""Is a code that was misheard or mistyped found out before anything is looked up?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import query_codes


def test_a_query_code_has_twelve_characters_without_look_alikes() -> None:
    code = query_codes.new_code()
    assert len(code) == 12
    assert not set(code) & set("01OILSB")
    assert query_codes.read_code(query_codes.spoken(code).lower()) == code


@pytest.mark.parametrize("gap", ["-", "—", "－", " - ", "\u3000", "·", "\u200b"])
def test_a_code_may_be_typed_with_any_input_method(gap: str) -> None:
    code = query_codes.new_code()
    assert query_codes.read_code(query_codes.spoken(code).replace(" ", gap)) == code
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code.lower())
    assert query_codes.read_code(wide) == code


@given(st.text(alphabet=query_codes.ALPHABET, min_size=11, max_size=11), st.data())
def test_a_code_misheard_in_one_character_is_found_out(body: str, data: st.DataObject) -> None:
    code = body + query_codes.check_character(body)
    place = data.draw(st.integers(0, 11))
    other = data.draw(st.sampled_from(query_codes.ALPHABET.replace(code[place], "")))
    assert query_codes.read_code(code[:place] + other + code[place + 1 :]) is None


@given(st.text(alphabet=query_codes.ALPHABET, min_size=11, max_size=11), st.integers(0, 10))
def test_two_swapped_characters_are_found_out(body: str, place: int) -> None:
    code = body + query_codes.check_character(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or query_codes.read_code(swapped) is None
