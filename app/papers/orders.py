"""Which law, which articles and whose words does a document on a complaint of a given day cite?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.mediations.rules import Ending
from app.tips.rules import ORDER_121, Ground, order_at

NUMBERS = "一二三四五六七八"


@dataclass(frozen=True)
class Cited:
    """What a version of the law is cited for; its cases stand in the order of its numbers."""

    law: str
    refusal: str
    refusals: Mapping[Ground, str]
    ending: str
    endings: Mapping[Ending, str]
    forwarding: str
    #: How long a mediation may take.
    term: str


NEW = Cited(
    law="《市场监督管理投诉举报处理办法》",
    refusal="第十六条",
    refusals={
        Ground.NOT_COMPETENT: "该事项不属于本局职责，或者本局无处理权限",
        Ground.HANDLED_ELSEWHERE: "其他机关或者组织已经受理或者处理过同一争议",
        Ground.NOT_A_CONSUMER: "不是为生活消费，或者不能证明存在消费者权益争议",
        Ground.TOO_OLD: "自知道或者应当知道权益受到侵害之日起已超过三年",
        Ground.PAPERS_MISSING: "未提供规定的材料，或者提供的材料虚假",
        Ground.IDENTITY_FALSE: "冒用他人名义，或者拒不配合核验身份",
        Ground.OTHER: "法律、法规、规章规定不予受理的其他情形",
    },
    ending="第二十三条",
    endings={
        Ending.WITHDRAWN: "投诉人撤回投诉，或者双方自行和解",
        Ending.REFUSED: "一方无正当理由不参加调解，或者明确拒绝调解",
        Ending.NO_AGREEMENT: "双方明确表示不能达成协议",
        Ending.TEST_COSTS: "双方就鉴定、检测的费用不能协商一致",
        Ending.SIXTY_DAYS: "自受理之日起六十日内未能达成协议",
        Ending.NOT_ACCEPTABLE: "受理后发现有不应受理的情形",
        Ending.PARTY_GONE: "当事人死亡，或者主体已经灭失",
        Ending.OTHER: "应当终止调解的其他情形",
    },
    forwarding="第四十一条",
    term="六十日",
)
OLD = Cited(
    law="《市场监督管理投诉举报处理暂行办法》",
    refusal="第十五条",
    refusals={
        Ground.NOT_COMPETENT: "该事项不属于本局职责，或者本局无处理权限",
        Ground.HANDLED_ELSEWHERE: "其他机关或者调解组织已经受理或者处理过同一争议",
        Ground.NOT_A_CONSUMER: "不是为生活消费，或者不能证明存在消费者权益争议",
        Ground.TOO_OLD: "自知道或者应当知道权益受到侵害之日起已超过三年",
        Ground.PAPERS_MISSING: "未提供规定的材料",
        Ground.OTHER: "法律、法规、规章规定不予受理的其他情形",
    },
    ending="第二十一条",
    endings={
        Ending.WITHDRAWN: "投诉人撤回投诉，或者双方自行和解",
        Ending.TEST_COSTS: "双方就鉴定、检测的机构或者费用不能协商一致",
        Ending.REFUSED: "一方无正当理由不参加调解，或者被投诉人明确拒绝调解",
        Ending.NO_AGREEMENT: "一方明确表示不能达成协议",
        Ending.SIXTY_DAYS: "自受理之日起四十五个工作日内未能达成协议",
        Ending.NOT_ACCEPTABLE: "受理后发现有不应受理的情形",
        Ending.OTHER: "应当终止调解的其他情形",
    },
    forwarding="第三十七条",
    term="四十五个工作日",
)


def cited(received_on: date) -> Cited:
    """Return what a document on a complaint or report received on a day cites."""
    return NEW if order_at(received_on) is ORDER_121 else OLD


def numbered(words: Mapping[Ground, str] | Mapping[Ending, str], case: str) -> tuple[str, str]:
    """Return the number of a case of the law, in characters, and its words."""
    place = [known.value for known in words].index(case)
    return NUMBERS[place], list(words.values())[place]
