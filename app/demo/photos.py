"""Which pictures do inspectors of the demonstration bring back? A dozen marked drawings."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from PIL import Image, ImageDraw, ImageFont

from app.demo.texts import chance
from app.kernel import storage
from app.kernel.storage import Stored
from app.typesetting.faces import bundled

SIZE = (960, 720)
INK, LABEL, GROUND = "#2b3440", "#b92b17", "#f3f1ec"
MARK = "演示照片"
Pen = ImageDraw.ImageDraw


def _reels(pen: Pen, rng: Random) -> None:
    """Cable reels on a floor."""
    for at in range(rng.randint(3, 5)):
        x, y, r = 110 + at * 180, 400 + rng.randint(-40, 40), rng.randint(70, 96)
        pen.ellipse((x - r, y - r, x + r, y + r), fill="#8f6b46", outline=INK, width=4)
        for ring in range(r - 12, 20, -9):
            pen.ellipse((x - ring, y - ring, x + ring, y + ring), outline="#c9462f", width=4)
        pen.ellipse((x - 18, y - 18, x + 18, y + 18), fill=GROUND, outline=INK, width=3)


def _shelves(pen: Pen, rng: Random) -> None:
    """Boxes on shelves."""
    for row in range(3):
        y = 210 + row * 160
        pen.line((60, y + 110, 900, y + 110), fill=INK, width=8)
        x = 80
        while x < 830:
            width, height = rng.randint(50, 110), rng.randint(50, 104)
            shade = rng.choice(("#7f9bb8", "#c7a25c", "#9db38b", "#b98a7d", "#d9d4c8"))
            box = (x, y + 106 - height, x + width, y + 106)
            pen.rectangle(box, fill=shade, outline=INK, width=3)
            x += width + rng.randint(6, 26)


def _label(pen: Pen, rng: Random) -> None:
    """A torn label with bars that stand for print."""
    pen.polygon(((160, 190), (800, 170), (830, 600), (600, 580), (190, 620)), fill="#fffdf6",
                outline=INK)  # fmt: skip
    for line in range(7):
        pen.rectangle((220, 240 + line * 44, 220 + rng.randint(180, 500), 256 + line * 44),
                      fill="#8b95a3")  # fmt: skip
    x = 560
    while x < 780:
        width = rng.choice((3, 5, 8))
        pen.rectangle((x, 480, x + width, 560), fill=INK)
        x += width + rng.choice((4, 6))


def _sacks(pen: Pen, rng: Random) -> None:
    """Sacks in a pile."""
    for row in range(4):
        for at in range(5 - row):
            x, y = 150 + at * 140 + row * 70, 560 - row * 92 + rng.randint(-6, 6)
            pen.rounded_rectangle((x, y, x + 130, y + 84), 22, fill="#cdbb98", outline=INK, width=4)
            pen.line((x + 20, y + 42, x + 110, y + 42), fill="#8c7a58", width=4)


def _meter(pen: Pen, rng: Random) -> None:
    """An instrument with its needle."""
    pen.rounded_rectangle((230, 180, 730, 620), 30, fill="#e7e2d4", outline=INK, width=6)
    pen.arc((300, 260, 660, 620), 200, 340, fill=INK, width=8)
    tip = rng.randint(380, 600)
    pen.line((480, 440, tip, 300), fill=LABEL, width=8)
    pen.ellipse((464, 424, 496, 456), fill=INK)


def _front(pen: Pen, rng: Random) -> None:
    """A shop front with its shutter."""
    pen.rectangle((120, 260, 840, 620), fill="#d7dde4", outline=INK, width=6)
    pen.rectangle((120, 180, 840, 260), fill="#1b3f73")
    lowest = rng.choice((420, 520, 610))
    for y in range(280, lowest, 22):
        pen.line((150, y, 810, y), fill="#8b95a3", width=6)
    pen.rectangle((700, 430, 800, 620), fill="#5d6b7a", outline=INK, width=4)


DRAWINGS: Sequence[tuple[str, Callable[[Pen, Random], None]]] = (
    ("成品库", _reels), ("货架", _shelves), ("标签", _label), ("堆放处", _sacks), ("测量", _meter),
    ("门面", _front),
)  # fmt: skip


class Album:
    """The drawings, kept once and attached wherever a visit ended."""

    def __init__(self) -> None:
        """Draw and keep two of each kind; outside any transaction, the shelf syncs the disk."""
        path = next(face.path for face in bundled() if face.role == "heiti")
        font = ImageFont.truetype(str(path), 36)
        self._kept = [
            (title, _keep(title, number, draw, font))
            for number in (1, 2)
            for title, draw in DRAWINGS
        ]

    def some(self, rng: Random, count: int) -> list[Stored]:
        """Return so many different pictures, named by what they show."""
        chosen = rng.sample(self._kept, k=count)
        return [
            replace(kept, name=f"{MARK}{at}-{title}.jpg")
            for at, (title, kept) in enumerate(chosen, start=1)
        ]


def _keep(
    title: str, number: int, draw: Callable[[Pen, Random], None], font: ImageFont.FreeTypeFont
) -> Stored:
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 640, *SIZE), fill="#d8d2c6")
    draw(pen, chance(f"photo/{title}/{number}"))
    pen.rectangle((24, 24, 700, 92), fill="#ffffff", outline=LABEL, width=3)
    pen.text((44, 34), f"{MARK}　{title} {number}　非真实现场", fill=LABEL, font=font)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    out.seek(0)
    return storage.keep(out, f"{MARK}.jpg", allowed=storage.PHOTOS)
