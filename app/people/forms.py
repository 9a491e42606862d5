"""What may be typed in to sign in and to keep one's own account?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import EqualTo

from app.web.i18n import LANGUAGES
from app.web.wtf import HiddenField, HouseForm, LineField, SelectField, chosen, options, required


class SignInForm(HouseForm):
    """Account, password and, where it is on, the second factor."""

    account = LineField(_l("账号"), [required()], most=60)
    password = PasswordField(_l("密码"), [required()])
    totp = LineField(_l("动态口令"), most=12)
    next = HiddenField()


class PasswordForm(HouseForm):
    """The old password and twice the new one."""

    old_password = PasswordField(_l("原密码"), [required()])
    password = PasswordField(_l("新密码"), [required()])
    password_again = PasswordField(
        _l("再输一次新密码"),
        [required(), EqualTo("password", message=_l("两次输入的新密码不一样。"))],
    )


class TotpForm(HouseForm):
    """A code of the second factor; ``offer`` holds the secret on offer, sealed."""

    offer = HiddenField()
    totp = LineField(_l("动态口令"), [required()], most=12)


class LanguageForm(HouseForm):
    """In which language the pages speak to me."""

    language = SelectField(_l("界面语言"), [chosen()], choices=options(LANGUAGES))


class ActForm(HouseForm):
    """An act of one button."""
