"""What does a document cost beside naive WeasyPrint and a warm browser, and what do thousands cost?

Ours is a decision of four pages, PDF/A-3a and PDF/UA-1 with justified lines, through the pool: the
way to the worker and back is counted. Naive is the same HTML as anybody would print it: one call of
WeasyPrint for each, the system's Chinese typeface, no tags. Each figure is measured in turns with
its baseline; the batch runs on two workers on either side.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO, cast

from app.administration.benches import Figure
from app.typesetting import DisclosureFacts, plain
from app.typesetting.compose import environment
from app.typesetting.pool import Pool, Terms
from tests.tools import chromium

ROUNDS = 25
WARM = 3
BATCH = 120
WHOLE_BATCH = 1_000
SETTLED = 50  # documents after which a worker's memory should stay as it is
LARGEST = 150.0  # megabytes
SENTENCE = (
    "经抽样检验，该批次电热毯电气强度和泄漏电流项目不符合国家标准，检验结论为不合格。当事人对检验结论"
    "没有异议，未在法定期限内申请复检，本局予以采信。"
)
PARTS = ("当事人情况", "案件来源", "认定的事实", "证据", "处罚依据", "处罚内容", "救济途径")

# The page as the first person to write it would: a system typeset, everything in the document.
PLAIN_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: counter(page) } }
body { font: 16pt / 29pt 'Noto Serif CJK SC'; margin: 0 }
p { margin: 0; text-align: justify; text-indent: 2em }
h1, .title { font-size: 22pt; text-align: center }
h2 { font-size: 16pt; margin: 0 }
table { border-collapse: collapse; font-size: 12pt; line-height: 18pt; width: 100% }
td, th { border: 1px solid #000; padding: 4px }
td p, .words p { text-indent: 0 }
.symbol { width: 30mm }
.decision { break-before: page }
"""
NAIVE = """
import sys
from weasyprint import HTML
for line in sys.stdin:
    print(len(HTML(string=open(line.strip(), encoding="utf-8").read()).write_pdf()), flush=True)
"""


def figures() -> Iterator[Figure]:
    """Yield one document, a short batch and the memory of a worker."""
    yield from _figures(BATCH)


def full_figures() -> Iterator[Figure]:
    """Yield the same with the whole batch of a thousand."""
    yield from _figures(WHOLE_BATCH)


def decision(number: int) -> DisclosureFacts:
    """Return an invented decision, each with its own text."""
    body = tuple(
        text
        for at, part in enumerate(PARTS)
        for text in (
            f"{'一二三四五六七'[at]}、{part}",
            *(f"{step}.示范文书第{number}号。{SENTENCE}" for step in (1, 2)),
        )
    )
    return DisclosureFacts(
        decision_number=f"青市监处罚〔2026〕{number}号", publication_number=f"GS-2026-{number:04}",
        violation="生产不符合保障人体健康和人身、财产安全的国家标准的产品",
        penalty=("1.没收示范电热毯312条；", "2.罚款93600.00元。"), authority="青石县市场监督管理局",
        decided_on=date(2026, 9, 4), decision=body[:-4], check_code="8F4K 27QM 61XD",
        verify_url=f"https://portal.example/verify/8F4K27QM{number}",
        published_on=date(2026, 9, 22), unit_name="样例电器厂",
        unit_credit_code="91990121MA0CK02K3L", unit_representative="李某某",
    )  # fmt: skip


def _job(number: int) -> bytes:
    return json.dumps({
        "template": "disclosure", "facts": plain(decision(number)), "attachments": [],
        "title": f"样例电器厂行政处罚公示{number}", "author": "青石县市场监督管理局",
        "language": "zh-CN",
    }).encode()  # fmt: skip


class Naive:
    """A warm process that prints one page of HTML after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(  # noqa: S603 — this interpreter, a constant program
            [sys.executable, "-c", NAIVE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def make(self, number: int) -> None:
        """Print the page of one decision, written before."""
        cast("IO[str]", self._process.stdin).write(f"{self._folder / str(number)}\n")
        if not cast("IO[str]", self._process.stdout).readline():
            raise RuntimeError("the naive process ended")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _page(number: int) -> str:
    """The same words as HTML with a plain style."""
    facts = decision(number)
    made = environment().get_template("typesetting/disclosure.html").render(
        facts=facts, title=f"样例电器厂行政处罚公示{number}", author=facts.authority,
        language="zh-CN", colophon="same-page",
    )  # fmt: skip
    return made.replace("</head>", f"<style>{PLAIN_STYLE}</style></head>")


def _figures(batch: int) -> Iterator[Figure]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for number in range(max(batch, ROUNDS + WARM)):
            (folder / str(number)).write_text(_page(number), encoding="utf-8")
        naive = [Naive(folder) for _ in range(2)]
        for process in naive:
            stack.callback(process.close)
        yield from _one(stack, naive[0], folder)
        yield from _many(stack, naive, batch)


def _one(stack: ExitStack, naive: Naive, folder: Path) -> Iterator[Figure]:
    pool = Pool(Terms(workers=1))
    stack.callback(pool.close)
    acts: list[Callable[[int], object]] = [lambda number: _made(pool, number), naive.make]
    if chromium.executable():
        page = stack.enter_context(chromium.browser()).new_page()

        def printed(number: int) -> None:
            page.set_content((folder / str(number)).read_text(encoding="utf-8"))
            page.pdf(prefer_css_page_size=True, tagged=True)

        acts.append(printed)
    ours, *others = _in_turns(acts)
    yield Figure("decision, 4 pages: naive", ours, others[0], 0.55)
    if others[1:]:
        yield Figure("decision, 4 pages: warm Chromium", ours, others[1], 0.5)


def _in_turns(acts: Sequence[Callable[[int], object]]) -> list[float]:
    """Median milliseconds of each act, done one after the other in every round."""
    taken: list[list[float]] = [[] for _ in acts]
    for number in range(ROUNDS + WARM):
        for act, into in zip(acts, taken, strict=True):
            began = time.perf_counter()
            act(number)
            into.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times[WARM:]) for times in taken]


def _many(stack: ExitStack, naive: list[Naive], batch: int) -> Iterator[Figure]:
    """A batch on two workers on either side, and what a worker then weighs."""
    pools = [Pool(Terms(workers=1, documents_per_worker=batch + WARM)) for _ in naive]
    for pool in pools:
        stack.callback(pool.close)
        _made(pool, 0)  # starts its worker
    for process in naive:
        process.make(0)
    half = batch // 2
    weights: list[float] = []

    def ours(at: int) -> None:
        for number in range(half):
            _made(pools[at], number)
            if at == 0 and number in (SETTLED - 1, half - 1):
                weights.append(_megabytes(pools[at]))

    def theirs(at: int) -> None:
        for number in range(half):
            naive[at].make(number)

    seconds = [_by_two(side) for side in (ours, theirs)]
    yield Figure(f"batch of {batch}, 2 workers", seconds[0], seconds[1], 1 / 1.7, "s")
    settled, last = weights[0], weights[-1]
    yield Figure(f"worker after {half} and {SETTLED}", last, settled, 1.1, "MB")
    yield Figure("worker and its limit", last, LARGEST, 1, "MB")


def _by_two(side: Callable[[int], None]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(side, range(2)))
    return time.perf_counter() - began


def _made(pool: Pool, number: int) -> None:
    answer = pool.ask(_job(number))
    if answer.get("pages") != 4:
        raise RuntimeError(str(answer)[:200])


def _megabytes(pool: Pool) -> float:
    """What the only worker of ``pool`` holds in memory."""
    (worker,) = pool._idle.queue
    status = Path(f"/proc/{worker.process_id}/status").read_text(encoding="ascii")
    return float(status.partition("VmRSS:")[2].split()[0]) / 1024
