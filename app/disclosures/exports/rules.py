"""Which columns are handed on, and what may a cell not begin with?

The national columns are those that public code of credit publicity names (peers, 3); the
province's are those of the Zhejiang interface (law, 3.2), with the withdrawal and its reason.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.kernel.errors import Refused


class Target(StrEnum):
    """To whom penalties are handed on."""

    NATIONAL = "national"
    PROVINCE = "province"


class Format(StrEnum):
    """As which kind of file."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Answer(StrEnum):
    """What the receiving system said about a row."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


#: Column heads as the receiving systems have them, by the name of the value.
COLUMNS: dict[Target, dict[str, str]] = {
    Target.NATIONAL: {
        "number": "行政处罚决定书文号",
        "party_name": "行政相对人名称",
        "credit_code": "统一社会信用代码",
        "kinds": "处罚类别",
        "decided_on": "处罚决定日期",
        "penalty": "处罚内容",
        "fine": "罚款金额(万元)",
        "confiscated": "没收金额(万元)",
        "licence": "暂扣或吊销证照名称及编号",
        "violation": "违法行为类型",
        "facts": "违法事实",
        "basis": "处罚依据",
        "authority": "处罚机关",
        "source": "数据来源单位",
        "published_on": "公示日期",
        "displayed_until": "公示截止期",
        "standing": "数据状态",
        "reference": "公示编号",
    },
    Target.PROVINCE: {
        "number": "文号",
        "title": "案件名称",
        "party_kind": "被处罚人类别",
        "party_name": "被处罚人",
        "representative": "法定代表人",
        "credit_code": "统一社会信用代码",
        "authority": "机关",
        "decided_on": "日期",
        "merged": "主要违法事实、种类、依据、内容",
        "is_public": "是否公开",
        "form": "全文或摘要",
        "standing": "数据状态",
        "ended_reason": "撤销处罚的原因说明",
        "reference": "公示编号",
    },
}
#: As many characters as a cell of a workbook holds, with room to spare.
LONGEST = 32_000
TEN_THOUSAND = Decimal(10_000)


def in_ten_thousands(amount: Decimal) -> str:
    """Return a sum of 元 in 万元, exact and without idle zeros."""
    return format((amount / TEN_THOUSAND).normalize(), "f") if amount else "0"


@dataclass(frozen=True)
class Receipt:
    """What the receiving system said about one publication."""

    reference: str
    answer: Answer
    message: str


_ANSWERS = {
    "accepted": Answer.ACCEPTED, "成功": Answer.ACCEPTED, "接受": Answer.ACCEPTED,
    "refused": Answer.REFUSED, "失败": Answer.REFUSED, "退回": Answer.REFUSED,
}  # fmt: skip


def receipts_of(text: str) -> list[Receipt]:
    """Read lines of publication number, answer and message, set apart by commas or tabs."""
    found = []
    lines = text.replace("\t", ",").replace("，", ",")
    for number, cells in enumerate(csv.reader(io.StringIO(lines)), start=1):
        filled = [cell.strip().lstrip("'") for cell in cells]
        if not any(filled) or filled[0] == "公示编号":
            continue
        answer = _ANSWERS.get(filled[1].lower()) if len(filled) > 1 else None
        message = "，".join(cell for cell in filled[2:] if cell)
        if answer is None or (answer is Answer.REFUSED and not message):
            raise Refused("receipt_line", field="lines", line=number)
        found.append(Receipt(filled[0], answer, message))
    if not found:
        raise Refused("receipts_none", field="lines")
    return found


def check_known(receipts: Sequence[Receipt], known: Sequence[str]) -> None:
    """Refuse a receipt about something that was not handed on with this export."""
    for receipt in receipts:
        if receipt.reference not in known:
            raise Refused("receipt_unknown", field="lines", reference=receipt.reference)
