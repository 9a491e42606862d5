"""Which column of a foreign list is which, by the words that head it?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.text import fold

#: So many rows from the top the headings stand; so many known ones make them sure.
HEAD_WITHIN, SURE = 20, 2


class Field(StrEnum):
    """What a column can be."""

    NUMBER = "number"
    KIND = "kind"
    RECEIVED = "received"
    CHANNEL = "channel"
    CALLER_NAME = "caller_name"
    PHONE = "phone"
    CALLER_ADDRESS = "caller_address"
    SUBJECT = "subject_name"
    SUBJECT_ADDRESS = "subject_address"
    SELLER = "seller"
    DIVISION = "division"
    PRODUCT = "product"
    BRAND = "brand_model"
    BATCH = "batch"
    BOUGHT = "bought_on"
    AMOUNT = "amount"
    WISHES = "wishes"
    FACTS = "facts"


#: What may not be shown again, be it in a report of faults.
IDENTITY = frozenset({Field.CALLER_NAME, Field.PHONE, Field.CALLER_ADDRESS})
REQUIRED = (Field.FACTS, Field.KIND, Field.RECEIVED)
#: By which headings columns are recognised; the first word of a field is the one we print.
HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "登记编号", "编号", "工单编号", "工单号", "投诉举报编号", "投诉编号", "举报编号", "流水号",
        "业务编号", "受理编号", "单号", "投诉单编号", "举报单编号", "信息编号", "案件编号",
    ),
    Field.KIND: (
        "类别", "类型", "信息类别", "信息类型", "业务类型", "登记类型", "诉求类型", "件别",
        "工单类型", "件类型", "信件类型", "投诉举报类型", "工单类别",
    ),
    Field.RECEIVED: (
        "登记时间", "登记日期", "接收时间", "接收日期", "收到时间", "收到日期", "来电时间",
        "提交时间", "投诉时间", "举报时间", "来件时间", "日期", "受理时间", "受理日期", "创建时间",
        "录入时间", "收件时间", "收件日期", "登记日期时间", "投诉日期", "举报日期", "来电日期",
    ),
    Field.CHANNEL: ("渠道", "来源", "信息来源", "登记方式", "接收方式", "来源渠道", "受理渠道"),
    Field.CALLER_NAME: (
        "姓名", "投诉人", "举报人", "投诉人姓名", "举报人姓名", "提供方姓名", "提供方名称",
        "来电人", "来件人", "诉求人", "反映人", "消费者姓名", "投诉举报人", "投诉举报人姓名",
        "投诉方", "举报方", "提供方", "来电人姓名", "诉求人姓名",
    ),
    Field.PHONE: (
        "联系电话", "电话", "手机", "手机号", "联系方式", "提供方电话", "投诉人电话", "举报人电话",
        "来电号码", "投诉人联系电话", "举报人联系电话", "投诉举报人电话", "投诉举报人联系电话",
        "手机号码", "电话号码", "提供方联系电话", "来电人电话", "来电电话",
    ),
    Field.CALLER_ADDRESS: (
        "联系地址", "提供方地址", "投诉人地址", "举报人地址", "通讯地址", "投诉举报人地址",
        "投诉方地址", "举报方地址",
    ),
    Field.SUBJECT: (
        "被反映单位", "涉及主体名称", "涉及主体", "涉事主体", "被投诉人", "被投诉人名称",
        "被举报人", "被举报单位", "被投诉单位", "企业名称", "经营者名称", "商家名称", "当事人",
        "被举报人名称", "被投诉举报人", "被投诉举报人名称", "被投诉举报单位", "被投诉方",
        "被举报方", "被投诉方名称", "被举报方名称", "被投诉单位名称", "被举报单位名称",
        "被投诉企业", "被举报企业", "被反映单位名称", "被诉方", "单位名称", "涉事企业",
        "涉事单位", "经营者",
    ),
    Field.SUBJECT_ADDRESS: (
        "经营地址", "涉及主体地址", "被投诉人地址", "被举报人地址", "企业地址", "经营者地址",
        "单位地址", "地址", "事发地址", "被反映单位地址", "被投诉举报人地址", "被投诉单位地址",
        "被举报单位地址", "被投诉举报单位地址", "被投诉方地址", "被举报方地址", "住所", "经营场所",
    ),
    Field.SELLER: ("销售者", "网店", "店铺名称", "平台店铺", "销售单位"),
    Field.DIVISION: (
        "属地", "行政区划", "区划代码", "所属区域", "区县", "辖区", "所在区县", "属地区县",
    ),
    Field.PRODUCT: (
        "产品类别", "商品类别", "客体类别", "产品", "商品", "商品名称", "产品名称",
        "涉及商品", "涉及产品", "商品或服务名称", "商品服务名称", "客体名称", "商品类型",
    ),
    Field.BRAND: ("品牌型号", "品牌、型号", "品牌", "型号", "规格型号"),
    Field.BATCH: ("批次", "批号", "生产批号", "证书号", "批次、证书号"),
    Field.BOUGHT: ("购买日期", "消费时间", "购买时间", "消费日期", "交易时间", "纠纷发生时间"),
    Field.AMOUNT: ("金额", "涉案金额", "消费金额", "争议金额", "涉及金额", "交易金额"),
    Field.WISHES: (
        "请求", "诉求", "投诉请求", "诉求内容", "具体请求", "投诉诉求", "请求事项",
        "诉求事项", "消费者诉求",
    ),
    Field.FACTS: (
        "来电人原话", "投诉内容", "举报内容", "问题描述", "反映内容", "内容", "事由", "主要内容",
        "投诉举报内容", "情况描述", "事实和理由", "事实依据", "事实和依据", "线索内容", "具体线索",
        "反映问题", "来电内容", "工单内容", "诉求描述", "问题内容", "信件内容", "投诉事由",
        "举报事由",
    ),
}  # fmt: skip
#: What a heading means, and how sure that is: of two columns for one thing the earlier counts.
_KNOWN = {
    fold(word): (each, rank) for each, words in HEADINGS.items() for rank, word in enumerate(words)
}
_BRACKETS = re.compile(r"[（(][^）)]*[）)]|[*＊:：]")


def recognised(headings: Sequence[str]) -> dict[Field, int]:
    """Return which column is which, as far as its heading tells; the surest of several."""
    found: dict[Field, tuple[int, int]] = {}
    for at, heading in enumerate(headings):
        known = _KNOWN.get(fold(_BRACKETS.sub("", heading)))
        if known is not None:
            each, rank = known
            found[each] = min(found.get(each, (rank, at)), (rank, at))
    return {each: at for each, (_rank, at) in found.items()}


def head_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the row that holds the headings: lists often carry a title or two above them."""
    scores = [len(recognised(row)) for row in rows[:HEAD_WITHIN]]
    best = max(scores, default=0)
    if best >= SURE:
        return scores.index(best)
    return next((at for at, row in enumerate(rows[:HEAD_WITHIN]) if sum(map(bool, row)) > 1), 0)


def wanting(mapping: Mapping[Field, int]) -> list[Field]:
    """Return the columns without which no row is a tip, as far as a mapping lacks them."""
    told_of = Field.SUBJECT_ADDRESS if Field.SUBJECT_ADDRESS in mapping else Field.SUBJECT
    return [each for each in (*REQUIRED, told_of) if each not in mapping]


def check_mapping(mapping: Mapping[Field, int]) -> None:
    """Refuse a mapping without the columns that every tip needs, or that uses one twice."""
    for each in wanting(mapping):
        raise Refused("import_column_needed", field=each.value)
    columns = list(mapping.values())
    for each, column in mapping.items():
        if columns.count(column) > 1:
            raise Refused("import_column_twice", field=each.value)
