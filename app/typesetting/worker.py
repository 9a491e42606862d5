"""What runs in the process that sets documents? One job in, one answer out, nothing else reachable.

The pool starts it as ``python -c BOOT FOLDER`` and speaks JSON lines through the standard streams.
It has no secrets in its environment, no system fonts, limits on memory, processor time and file
size, and after its warm-up Python itself refuses it sockets, programs and files outside its own
installation. An error nobody expected ends the process; the pool reports the job lost and starts
another.
"""

import base64
import gc
import json
import os
import resource
import shutil
import signal
import socket
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import IO, Any

from app.typesetting.errors import Fault, TypesettingError
from app.typesetting.facts import NoticeFacts, plain

MEMORY = 1024**3
JOB_SECONDS = 60  # of processor time
LARGEST_FILE = 64 * 1024**2
OPEN_FILES = 128
REFUSED_EVENTS = frozenset(
    ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "os.system",
     "subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn")
)  # fmt: skip

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
READABLE = (sys.prefix, sys.base_prefix, Path(__file__).parent)

# Run in a fresh interpreter. The factory in app/__init__ would load Flask, the database and every
# slice, three times the memory of the typesetter: the package is entered without it.
BOOT = """
import sys, types
package = types.ModuleType("app")
package.__path__ = [sys.argv[1]]
sys.modules["app"] = package
from app.typesetting import worker
worker.main()
"""


def main() -> None:
    """Serve jobs until the standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    _limit()
    try:
        _serve(answers)
    finally:  # the pool does the same, unless its own process was killed
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)


def _serve(answers: IO[bytes]) -> None:
    press = _press()
    press.make(_warm_up_job())
    gc.collect()
    gc.freeze()
    gc.disable()  # once a document, when its answer is out, costs less than now and then
    sys.addaudithook(_guard())
    _answer(answers, {"ready": True, "isolated": _isolated()})
    for line in sys.stdin.buffer:
        _allow_processor_time()
        _answer(answers, _result(press, json.loads(line)))
        gc.collect()


def _press() -> Any:
    """Load WeasyPrint, which warns that it sees no system fonts: that is meant."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
        from app.typesetting.render import Press  # noqa: PLC0415 — after the limits are in force

        return Press()


def _warm_up_job() -> Any:
    from app.typesetting.render import Job  # noqa: PLC0415 — loads WeasyPrint

    facts = NoticeFacts(
        head="样例", number="样例〔2026〕1号", title="样例", body=("一、样例", "（一）样例。1。"),
        signed_by="样例", signed_on=date(2026, 1, 1),
    )  # fmt: skip
    part = {"name": "a.json", "description": "", "content": base64.b64encode(b"{}").decode()}
    return Job("notice", plain(facts), "样例", "样例", "zh-CN", [part])


def _result(press: Any, values: dict[str, Any]) -> dict[str, Any]:
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 — loaded by now

    from app.typesetting.render import job_from  # noqa: PLC0415

    try:
        content, pages = press.make(job_from(values))
    except TypesettingError as error:
        return {"fault": error.fault, "details": error.details}
    except FatalURLFetchingError as error:
        return {"fault": Fault.FOREIGN_ADDRESS, "details": [str(error)]}
    return {"content": base64.b64encode(content).decode(), "pages": pages}


def _answer(stream: IO[bytes], values: dict[str, Any]) -> None:
    stream.write(json.dumps(values).encode() + b"\n")
    stream.flush()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _allow_processor_time()


def _allow_processor_time() -> None:
    """Let the process run ``JOB_SECONDS`` more; past that the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + JOB_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _isolated() -> bool:
    """Whether the process sees no network but its own loop."""
    return {name for _, name in socket.if_nameindex()} <= {"lo"}


def _guard() -> Any:
    """An audit hook that refuses the network, other programs and foreign files."""
    own = os.path.realpath(os.environ["TMPDIR"]) + os.sep
    readable = (own, *(os.path.realpath(home) + os.sep for home in READABLE))

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in REFUSED_EVENTS:
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0])) + os.sep
            if not path.startswith(own if arguments[2] & WRITING else readable):
                raise PermissionError(path)

    return guard
