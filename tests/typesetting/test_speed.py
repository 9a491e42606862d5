"""Do the short ways of the press lead to the same page as WeasyPrint's own?"""

import re

import pytest

from app.typesetting import plain
from app.typesetting.compose import TEMPLATES
from tests.typesetting.conftest import BUREAU, MADE, SENTENCE

FOLDER = TEMPLATES / "typesetting"
# Set as text runs in the line, as an element without a rule is; the QR code draws its own parts.
INLINE = {"span"}


def elements(text):
    return set(re.findall(r"<([a-z][a-z0-9]*)[\s>]", text))


def test_every_element_of_the_templates_is_known_to_the_base_stylesheet():
    """Without WeasyPrint's stylesheet an unknown element would be a run of text in its line."""
    base = re.sub(r"/\*.*?\*/|\{[^}]*\}", " ", (FOLDER / "base.css").read_text(encoding="utf-8"))
    named = set(re.findall(r"\b[a-z][a-z0-9]*\b", base))
    for template in FOLDER.glob("*.html"):
        used = elements(template.read_text(encoding="utf-8"))
        assert used <= named | INLINE, template.name


def test_an_unknown_element_would_be_noticed():
    assert elements('<ul class="x"><li>{{ a }}</li></ul><h{{ level }}>') == {"ul", "li"}


COMPARED = """
import hashlib, json
from app.typesetting import swift
from app.typesetting.render import Press, job_from
press, answers = Press(), []
for part in json.loads(sys.argv[2]):
    job = job_from(part)
    short, pages = press.make(job)
    swift.uninstall()
    own, _ = press.make(job)
    swift.install()
    answers.append([pages, hashlib.sha256(short).hexdigest(), hashlib.sha256(own).hexdigest()])
print(json.dumps(answers))
"""
# Where a line ends is the difficult part: words, marks, figures and rare characters at its edge.
AWKWARD = tuple(
    "样" * count + text + SENTENCE
    for count in range(18, 30, 2)
    for text in (
        "（GB/T 9704-2012）", "https://portal.example/verify/8F4K27QM61XD", "“样例”。", "——",
        "100000.50元，", "堃䶮", " 样例 样例", "a b c d e f g", "……！？", "supercalifragilistic",
    )
)  # fmt: skip


@pytest.mark.parametrize("kind", list(MADE))
def test_the_short_ways_change_no_byte(alone, kind):
    field = "decision" if kind == "disclosure" else "body"
    jobs = [
        {
            "template": kind, "facts": plain(MADE[kind](**{field: texts})), "title": "样例",
            "author": BUREAU, "language": "zh-CN", "attachments": [],
        }
        for texts in (("一、示范", "（一）示范。" + SENTENCE * 3, SENTENCE), AWKWARD)
    ]  # fmt: skip
    for pages, short, own in alone(COMPARED, jobs):
        assert pages
        assert short == own
