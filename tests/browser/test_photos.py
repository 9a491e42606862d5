"""Does a large photo arrive small and upright where script runs, and as it was where none does?"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from app.kernel import storage
from app.kernel.db import db
from tests.support.live import Live, Window
from tests.support.make import inspections

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
#: A telephone held upright: the sensor lies on its side, and a note says how to turn it.
WIDTH, HEIGHT, TURNED = 4000, 3000, 6
TOLD = "照片已缩小："
REPORT = {"kinds": ["report"], "facts": "样例：水壶漏电。", "subject_name": "样例电器店",
          "standing": "anonymous"}  # fmt: skip


def photo(width: int = WIDTH, height: int = HEIGHT, *, form: str = "JPEG") -> bytes:
    """Draw a photo whose upper half is red once it stands upright, with a place hidden in it."""
    picture = Image.effect_noise((width, height), 60).convert("RGB")
    red = Image.new("RGB", (width // 2, height), (220, 20, 20))
    picture.paste(red, (0, 0))  # a quarter turn to the right brings the left edge to the top
    exif = Image.Exif()
    exif[0x0112] = TURNED
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, form, quality=92, exif=exif)
    return out.getvalue()


def chosen(content: bytes, name: str = "样例 大.jpg", kind: str = "image/jpeg") -> dict[str, Any]:
    return {"name": name, "mimeType": kind, "buffer": content}


def newest(live: Live) -> tuple[str, bytes, bytes]:
    """Return the last kept file: its name, the bytes that came, the bytes that are shown."""
    with live.within():
        last = db.session.query(storage.Attachment).order_by(storage.Attachment.id.desc()).first()
        assert last is not None
        name, came, shown = last.name, last.sha256, last.view_sha256
        db.session.remove()
    original = storage.shelf().original(came)
    assert hashlib.sha256(original).hexdigest() == came
    return name, original, storage.shelf().path(shown).read_bytes()


def is_upright(content: bytes) -> bool:
    """Tell whether the red half is above, as the pixels themselves lie."""
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        seen = picture.convert("RGB")
        above = seen.getpixel((width // 2, height // 8))
        below = seen.getpixel((width // 2, height * 7 // 8))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    return above[0] > 180 > above[1] + 60 and abs(below[0] - below[1]) < 40


def said(field: Locator) -> Locator:
    return field.locator("xpath=following-sibling::*[@role='status']")


def test_a_visitor_s_large_photo_arrives_small_and_upright(window: Open, live: Live) -> None:
    sent = photo()
    visitor = window(width=360)
    page = visitor.go("/report")
    field = page.locator("[name=photos]")
    field.set_input_files([chosen(sent)])
    expect(said(field)).to_contain_text(TOLD)
    expect(said(field)).to_contain_text(f"{len(sent) / 1e6:.1f} MB")
    expect(said(field)).to_contain_text("KB")
    visitor.press("提交", **REPORT)
    expect(page.locator("#code")).to_be_visible()
    name, came, shown = newest(live)
    assert name == "样例 大.jpg"
    assert len(came) < min(900_000, len(sent) / 3)
    with Image.open(io.BytesIO(came)) as kept:
        assert kept.size == (1536, 2048)
        assert not kept.getexif()
    assert is_upright(came)
    assert is_upright(shown)


def test_without_script_the_original_arrives_and_the_copy_for_eyes_is_clean(
    window: Open, live: Live
) -> None:
    sent = photo()
    visitor = window(script=False, width=360)
    visitor.go("/report")
    visitor.press("提交", photos=[chosen(sent)], **REPORT)
    expect(visitor.page.locator("#code")).to_be_visible()
    _name, came, shown = newest(live)
    assert came == sent
    assert is_upright(shown)
    with Image.open(io.BytesIO(shown)) as clean:
        assert not clean.getexif()
        assert clean.size == (HEIGHT, WIDTH)


def test_small_photos_and_what_is_no_photo_travel_as_they_are(window: Open) -> None:
    page = window("cz.operator").go("/tips/new")
    field = page.locator("[name=files]")
    small, heic = photo(800, 600), b"\0\0\0\x18ftypheic" + b"\0" * 64
    field.set_input_files([
        chosen(small, "a.jpg"), chosen(heic, "b.heic", ""), chosen(b"%PDF-1.7", "c.pdf", "x/y"),
        chosen(photo(3000, 200, form="PNG"), "d.png", "image/png"),
    ])  # fmt: skip
    expect(said(field)).to_contain_text(TOLD)
    sizes = "field => [...field.files].map(one => [one.name, one.size])"
    kept = dict(field.evaluate(sizes))
    assert list(kept) == ["a.jpg", "b.heic", "c.pdf", "d.jpg"]
    assert [kept["a.jpg"], kept["b.heic"], kept["c.pdf"]] == [len(small), len(heic), 8]
    field.set_input_files([])
    expect(said(field)).to_be_empty()


def test_who_sends_at_once_sends_the_small_photo_all_the_same(window: Open, live: Live) -> None:
    task = live.build(inspections.task, started=True)
    inspector = window("qs.inspector")
    page = inspector.go(f"/inspections/{task}")
    field = page.locator("[name=photos]")
    page.evaluate("void (window.createImageBitmap = new Proxy(createImageBitmap, {apply:"
                  " async (make, self, given) => { await new Promise(f => (window.go = f));"
                  " return make(...given); }}))")  # fmt: skip
    inspector.fill("#closing", has_problem="no", findings="样例：没有发现问题。")
    field.set_input_files([chosen(photo())])
    page.locator("#closing .btn-primary").click()
    page.wait_for_function("() => window.go")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.evaluate("void window.go()")
    expect(page.locator(".photo")).to_have_count(1)
    assert is_upright(newest(live)[1])
    assert len(newest(live)[1]) < 900_000


def test_where_a_canvas_lies_the_original_is_sent(window: Open) -> None:
    page = window().go("/report")
    page.evaluate("void (window.createImageBitmap = () => { window.read = true; throw Error(); })")
    field = page.locator("[name=photos]")
    field.set_input_files([chosen(photo(300, 200))])
    assert page.evaluate("window.read"), "the control: here a canvas tells the truth"
    page.evaluate("window.read = false; void (CanvasRenderingContext2D.prototype.getImageData ="
                  " (x, y, width, height) => new ImageData(width, height))")  # fmt: skip
    field.set_input_files([chosen(photo(300, 200), "b.jpg")])
    assert page.evaluate("window.read") is False
    assert field.evaluate("field => field.files[0].name") == "b.jpg"
