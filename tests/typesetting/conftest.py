"""Invented documents to set, and the processes that set them."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app import typesetting
from app.typesetting import DisclosureFacts, LetterFacts, NoticeFacts, typeset
from app.typesetting.pool import APP_FOLDER
from tests.support.pdf import Pdf

BUREAU = "青石县市场监督管理局"
SENTENCE = "经抽样检验，电气强度和泄漏电流项目不符合国家标准，检验结论为不合格，本局予以采信。"


def disclosure(**changes):
    return DisclosureFacts(
        **{
            "decision_number": "青市监处罚〔2026〕118号",
            "publication_number": "GS-2026-0118",
            "violation": "生产不符合保障人体健康和人身、财产安全的国家标准的产品",
            "penalty": ("1.没收示范电热毯312条；", "2.罚款93600.00元。"),
            "authority": BUREAU,
            "decided_on": date(2026, 9, 4),
            "decision": (SENTENCE,),
            "check_code": "8F4K 27QM 61XD",
            "verify_url": "https://portal.example/verify/8F4K27QM61XD",
            "published_on": date(2026, 9, 22),
            "unit_name": "样例电器厂",
            "unit_credit_code": "91990121MA0CK02K3L",
            "unit_representative": "李某某",
        }
        | changes
    )


def notice(**changes):
    return NoticeFacts(
        **{
            "head": f"{BUREAU}文件",
            "number": "青市监〔2026〕31号",
            "title": f"{BUREAU}关于开展电线电缆产品质量安全专项整治行动的通知",
            "addressees": "各市场监督管理所、稽查大队",
            "body": ("一、示范目标", SENTENCE, "（一）示范任务。各所要逐户检查。", "1.检查台账；"),
            "signed_by": BUREAU,
            "signed_on": date(2026, 3, 9),
        }
        | changes
    )


def letter(**changes):
    return LetterFacts(
        **{
            "organ": "澄州市市场监督管理局",
            "number": "澄市监函〔2026〕45号",
            "title": "关于办理样例线缆案件的督办函",
            "addressees": BUREAU,
            "body": (SENTENCE,),
            "signed_by": "澄州市市场监督管理局",
            "signed_on": date(2026, 9, 18),
        }
        | changes
    )


MADE = {"disclosure": disclosure, "notice": notice, "letter": letter}


@pytest.fixture(scope="session", autouse=True)
def _processes():
    """End the typesetting processes when the last document is made."""
    yield
    typesetting.close()


@pytest.fixture(scope="session")
def pressed():
    """``pressed("notice", title="…")``: a measured file of invented facts, made once for each."""
    made = {}

    def press(kind, **changes):
        key = kind, repr(sorted(changes.items()))
        if key not in made:
            facts = MADE[kind](**changes)
            made[key] = Pdf(typeset(kind, facts, title="样例文书", author=BUREAU).content)
        return made[key]

    return press


ALONE = """
import sys, types
package = types.ModuleType("app")
package.__path__ = [sys.argv[1]]
sys.modules["app"] = package
"""


@pytest.fixture
def alone(tmp_path):
    """Run a program as the worker would, without factory and system fonts; its JSON answer."""
    configuration = tmp_path / "fonts.conf"
    configuration.write_text("<?xml version='1.0'?><fontconfig/>", encoding="utf-8")

    def run(program, *arguments):
        environment = {
            **os.environ, "FONTCONFIG_FILE": str(configuration), "TMPDIR": str(tmp_path),
            "PYTHONPATH": str(Path(APP_FOLDER).parent),
        }  # fmt: skip
        done = subprocess.run(  # noqa: S603 — this interpreter
            [sys.executable, "-W", "ignore", "-c", ALONE + program, str(APP_FOLDER),
             *map(json.dumps, arguments)],
            capture_output=True, check=False, text=True, env=environment, cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
