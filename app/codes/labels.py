"""Which words stand for the code lists, their refusals and their events?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.codes.rules import CodeList
from app.web import words

LISTS = {
    CodeList.PRODUCTS: _l("产品类别"),
    CodeList.VIOLATIONS: _l("违法类型"),
    CodeList.SOURCES: _l("线索来源"),
    CodeList.MEASURES: _l("处置措施"),
    CodeList.FIELDS: _l("领域"),
    CodeList.TEST_ITEMS: _l("检验项目"),
    CodeList.TOPICS: _l("投诉问题"),
    CodeList.MATTERS: _l("咨询事项"),
    CodeList.QUESTIONS: _l("提问清单"),
}

words.register(
    refusals={
        "code_form": _l("代码须以小写字母开头，只用小写字母、数字和下划线，最多 40 个。"),
        "code_taken": _l("这个代码已经用过；停用的代码也不能另作他用。"),
        "code_parent_unknown": _l("上级类别不在这张表里。"),
        "code_too_deep": _l("类别最多分四级。"),
        "code_ends_before_it_begins": _l("最后一日早于启用日，请核对。"),
    },
    events={
        "code_list.installed": _l("装入默认代码表"),
        "code_list.entry_added": _l("新增代码"),
        "code_list.entry_amended": _l("修改代码"),
        "code_list.entry_retired": _l("停用代码"),
        "code_list.entry_reinstated": _l("恢复代码"),
    },
    permissions={
        "code_list:read": _l("查看代码表"),
        "code_list:keep": _l("维护代码表"),
    },
)
