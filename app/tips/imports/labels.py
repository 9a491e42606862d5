"""Which words stand for a foreign list, its columns and what is wrong with them?"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.tips.imports.headings import Field
from app.tips.imports.models import ImportState, TipImport, TipImportFault
from app.tips.imports.rules import Fault
from app.web import words

FIELDS = {
    Field.FACTS: _l("反映内容"),
    Field.KIND: _l("类别"),
    Field.RECEIVED: _l("收到日期"),
    Field.NUMBER: _l("外部编号"),
    Field.CHANNEL: _l("渠道"),
    Field.SUBJECT: _l("被反映单位"),
    Field.SUBJECT_ADDRESS: _l("经营地址或网店"),
    Field.SELLER: _l("销售者"),
    Field.DIVISION: _l("属地"),
    Field.PRODUCT: _l("产品类别"),
    Field.BRAND: _l("品牌、型号"),
    Field.BATCH: _l("批次、证书号"),
    Field.BOUGHT: _l("购买日期"),
    Field.AMOUNT: _l("金额"),
    Field.WISHES: _l("请求"),
    Field.CALLER_NAME: _l("姓名"),
    Field.PHONE: _l("联系电话"),
    Field.CALLER_ADDRESS: _l("联系地址"),
}
STATES = {
    ImportState.UPLOADED: _l("待核对"),
    ImportState.CHECKING: _l("试导入中"),
    ImportState.CHECKED: _l("已试导入"),
    ImportState.KEEPING: _l("导入中"),
    ImportState.KEPT: _l("已导入"),
}
SHAPES = {
    ImportState.UPLOADED: "hollow",
    ImportState.CHECKING: "half",
    ImportState.CHECKED: "waiting",
    ImportState.KEEPING: "half",
    ImportState.KEPT: "done",
}
#: Headings of the report of faults.
ROW_NUMBER = _l("第 %(row)s 行")
ROW, COLUMN, WRONG, CONTENT = _l("行"), _l("列"), _l("问题"), _l("内容")

words.register(
    refusals={
        "import_too_large": _l("文件过大，最大 10 MB。"),
        "import_unreadable": _l("读不出这个文件。请用 XLSX，或者 UTF-8、GB18030 编码的 CSV 文件。"),
        "import_empty": _l("文件里没有数据行。"),
        "import_two_lists": _l("文件里有两张以上的清单工作表，请分成几个文件。"),
        "import_too_many": _l("一次最多导入 %(most)s 行，请分成几个文件。"),
        "import_column_needed": _l("请指出这一项在哪一列。"),
        "import_column_twice": _l("同一列被用了两次。"),
        "import_has_faults": _l("还有错误，改好文件后重新上传。"),
        "import_nothing_new": _l("没有可导入的新行。"),
        "import_changed": _l("其中有的行刚由他人导入，请重新试导入。"),
        "import_bad_text": _l("含有无法保存的字符。"),
        "import_too_long": _l("文字过长。"),
        "import_bad_kind": _l("类别须是投诉、举报，或者投诉举报。"),
        "import_bad_channel": _l("认不出这个渠道。"),
        "import_bad_date": _l("不是日期。请写成 2026-09-18 或 2026年9月18日。"),
        "import_in_future": _l("日期在今天之后。"),
        "import_too_old": _l("日期过早，系统里没有那时的办理期限。"),
        "import_bad_amount": _l("不是金额，或者超过两位小数。"),
        "import_bad_division": _l("认不出这个属地，请写区划代码或全名。"),
        "import_repeated": _l("与前面的一行重复。"),
    },
    events={
        "tip.list_imported": _l("导入清单"),
        "tips.check_import": _l("试导入清单"),
        "tips.keep_import": _l("导入清单"),
    },
    details={"tip.list_imported": _l("%(rows)s 行，登记 %(tips)s 件，已有 %(known)s 行")},
    permissions={"tip:import": _l("导入投诉举报清单")},
)


def column_word(run: TipImport, fault: TipImportFault) -> str:
    """Return the heading a fault stands under in the file, else our own word for the column."""
    column = run.columns.get(fault.field)
    if column is not None and column < len(run.headings):
        return run.headings[column]
    return str(FIELDS[Field(fault.field)]) if fault.field else ""


def sentence(fault: TipImportFault | Fault) -> str:
    """Return what is wrong in one cell, as the person reads it."""
    return words.refusal(fault.code, {})


def table(run: TipImport, faults: Sequence[TipImportFault]) -> list[tuple[str, str, str, str]]:
    """Return rows of the report of faults: row, column, what is wrong, what stands there."""
    return [(str(f.row), column_word(run, f), sentence(f), _content(f)) for f in faults]


def _content(fault: TipImportFault) -> str:
    """Return what stands in the cell; of a row that came before, which one it is."""
    if fault.code == "import_repeated":
        return str(ROW_NUMBER) % {"row": fault.value}
    return fault.value
