"""What does the house ask of passwords, posts and sign-in?

Password and lock-out values follow the profile for GB/T 22239 level 2 and 3 (``mlps``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.kernel.errors import Refused
from app.kernel.roles import ADMINISTRATORS, Role

PASSWORD_LEAST = 10
PASSWORD_MOST = 128
PASSWORD_KINDS = 3
#: After this long a password must be changed, and not to one of the last few.
PASSWORD_LASTS = timedelta(days=90)
PASSWORDS_REMEMBERED = 5
FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=30)
SOURCE_FAILURES = 20
SOURCE_WINDOW = timedelta(minutes=5)
ACCOUNT = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])", re.ASCII)
#: Words that everybody tries first in a bureau.
OBVIOUS = ("12315", "lijian", "shijian", "jianguan", "password", "admin", "qwerty", "123456")


def check_password(password: str, *, account: str) -> None:
    """Refuse a password that is short, of too few kinds of characters, or obvious."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        raise Refused("password_length", field="password", least=PASSWORD_LEAST)
    kinds = (str.islower, str.isupper, str.isdigit, lambda ch: not ch.isalnum())
    if sum(any(test(ch) for ch in password) for test in kinds) < PASSWORD_KINDS:
        raise Refused("password_kinds", field="password")
    folded = password.casefold()
    if account.casefold() in folded or any(word in folded for word in OBVIOUS):
        raise Refused("password_obvious", field="password")


#: What to look for in a browser's own long name, the more particular first.
BROWSERS = (
    ("Edge", r"Edg\w*/(\d+)"), ("Opera", r"OPR/(\d+)"), ("Firefox", r"Firefox/(\d+)"),
    ("Chrome", r"Chrome/(\d+)"), ("Safari", r"Version/(\d+).*Safari/"),
)  # fmt: skip
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "HarmonyOS", "Linux")


def browser_of(agent: str) -> str:
    """Return a browser's name as a person knows it ("Firefox 140 · Windows"); empty if unknown."""
    found = ((name, re.search(pattern, agent, re.ASCII)) for name, pattern in BROWSERS)
    browser = next((f"{name} {match.group(1)}" for name, match in found if match), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return " · ".join(part for part in (browser, system) if part)


def check_account(account: str) -> None:
    """Refuse an account name that is hard to type or to tell from another."""
    if not ACCOUNT.fullmatch(account):
        raise Refused("account_form", field="account")


def check_roles(held: Iterable[Role], new: Role) -> None:
    """Refuse a post that would join two powers GB/T 22239 keeps apart in one person."""
    others = set(held) - {new}
    if new in ADMINISTRATORS and others:
        raise Refused("administrator_alone", field="role")
    if others & ADMINISTRATORS:
        raise Refused("administrator_alone", field="role")


def lock_after(failures: int, at: datetime) -> datetime | None:
    """Return until when an account is locked after so many failures in a row."""
    return at + LOCK if failures >= FAILURES_BEFORE_LOCK else None


def must_change(*, told_to: bool, changed_at: datetime, at: datetime) -> bool:
    """Tell whether a password was given by somebody else or has grown old."""
    return told_to or at - changed_at > PASSWORD_LASTS
