"""Can a document reach anything but its typefaces? Text stays text, addresses stay unread."""

import subprocess
import sys

import pytest

from app.typesetting import typeset
from tests.support.pdf import Pdf
from tests.typesetting.conftest import MADE

HOSTILE = (
    '<img src="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
    "<style>@import url(ftp://127.0.0.1/a)</style>",
    "<style>@font-face{font-family:a;src:url(file:///etc/passwd)}</style>",
    '<svg><image href="http://127.0.0.1:9/a.png"/></svg>',
    '"><script>alert(1)</script>',
    "</p><object data='file:///etc/hostname'></object>",
    "<a rel=attachment href='file:///etc/passwd'>a</a>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "&lt;b&gt;&#x41;",
    "*/ } body { display: none } /*",
)
SHOWN = {
    "disclosure": ("decision_number", "violation", "unit_name", "check_code"),
    "notice": ("number", "title", "addressees", "signed_by", "note", "copies_to"),
    "letter": ("number", "title", "addressees", "signed_by", "note", "copies_to"),
}
BODY = {"disclosure": "decision", "notice": "body", "letter": "body"}


@pytest.mark.parametrize("kind", list(MADE))
@pytest.mark.parametrize("markup", HOSTILE)
def test_markup_in_any_field_is_shown_as_typed(kind, markup):
    facts = MADE[kind](**dict.fromkeys(SHOWN[kind], markup), **{BODY[kind]: (markup,)})
    made = typeset(kind, facts, title=markup, author=markup)
    shown = Pdf(made.content).text().replace(" ", "").replace("\n", "")
    assert shown.count(markup.replace(" ", "")) >= len(SHOWN[kind]) - 1


FETCHING = """
import json
from weasyprint import HTML
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError
from app.typesetting.fetcher import ClosedFetcher
from app.typesetting.render import Warnings
fetcher = ClosedFetcher({"a": b"x"})
answers = []
for markup in json.loads(sys.argv[2]):
    complaints = Warnings()
    LOGGER.handlers[:] = [complaints]
    try:
        HTML(string=markup, url_fetcher=fetcher).write_pdf()
        answers.append("reported" if complaints.lines else "rendered")
    except FatalURLFetchingError as error:
        answers.append("refused")
print(json.dumps({"answers": answers, "own": fetcher.fetch("typeface:a").read().decode()}))
"""
ASKING = (
    '<img src="file:///etc/passwd">',
    '<img src="http://127.0.0.1:9/">',
    '<img src="data:image/png;base64,AA">',
    '<link rel=stylesheet href="ftp://127.0.0.1/">',
    "<style>@import url(typeface:b)</style>",
    '<p style="background: url(file:///etc/passwd)">a',
    '<object data="gopher://a/">',
)
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<image href="file:///etc/passwd" width="9" height="9"/></svg>'
)


def test_the_fetcher_ends_the_job_at_every_address_but_its_typefaces(alone):
    """Inside a drawing WeasyPrint catches everything; the press then ends the job."""
    answer = alone(FETCHING, [*ASKING, DRAWN])
    assert answer == {"answers": ["refused"] * len(ASKING) + ["reported"], "own": "x"}


GUARDED = """
import json, os, socket, subprocess
from app.typesetting import worker
sys.addaudithook(worker._guard())
def tried(act):
    try:
        act()
    except PermissionError:
        return "refused"
    except OSError as error:
        return type(error).__name__
    return "done"
temporary = os.environ["TMPDIR"]
print(json.dumps({
    "connect": tried(lambda: socket.create_connection(("127.0.0.1", 9), 1)),
    "resolve": tried(lambda: socket.getaddrinfo("portal.example", 80)),
    "run": tried(lambda: subprocess.run(["true"])),
    "shell": tried(lambda: os.system("true")),
    "fork": tried(os.fork),
    "read": tried(lambda: open("/etc/passwd")),
    "climb": tried(lambda: open(temporary + "/../../../../../../etc/passwd")),
    "write": tried(lambda: open(worker.__file__ + ".new", "w").close()),
    "own": tried(lambda: open(worker.__file__).close()),
    "temporary": tried(lambda: open(temporary + "/a", "w").close()),
}))
"""


def test_the_worker_refuses_network_programs_and_foreign_files(alone):
    answer = alone(GUARDED)
    assert (answer.pop("own"), answer.pop("temporary")) == ("done", "done")
    assert set(answer.values()) == {"refused"}


LIMITED = """
import json, resource
from app.typesetting import worker
worker._limit()
names = ("RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")
print(json.dumps([resource.getrlimit(getattr(resource, name))[1] for name in names]
                 + [resource.getrlimit(resource.RLIMIT_CPU)[0] < 120]))
"""


def test_memory_files_and_time_are_limited(alone):
    assert alone(LIMITED) == [1 << 30, 64 << 20, 128, 0, True]


def test_callers_never_load_weasyprint():
    program = "import sys, app.typesetting.leaks; print('weasyprint' in sys.modules)"
    done = subprocess.run(  # noqa: S603 — this interpreter
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "False"


LOADED = """
import pathlib, sys
from app import create_app
from app.config import Settings
folder = pathlib.Path(sys.argv[1])
app = create_app(Settings(instance_path=folder, testing=True))
answers = [app.test_client().get("/healthz").status_code]
print(answers, sorted({name.partition(".")[0] for name in sys.modules} & {"weasyprint", "cffi"}))
"""


def test_a_web_worker_with_every_page_loaded_never_loads_weasyprint(tmp_path):
    """What gunicorn loads is the factory: all slices, their routes and jobs."""
    done = subprocess.run(  # noqa: S603 — this interpreter
        [sys.executable, "-c", LOADED, str(tmp_path)], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip().endswith("[]"), done.stdout
