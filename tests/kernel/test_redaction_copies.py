"""Are all private numbers of 5,000 disguised decisions found, and how much else is marked?"""

from collections import Counter

import pytest

from app.kernel.redaction import apply, find, leaks
from tests.support.private import decisions

COPIES = 5_000
SEED = 20260922


@pytest.mark.slow
def test_every_disguised_identifier_is_found():
    """Recall is a duty: not one character of one identifier may stay outside the marks."""
    found, missed, marked, false = 0, [], 0, Counter()
    for text, planted in decisions(SEED, COPIES):
        spans = find(text)
        covered = set()
        for span in spans:
            covered.update(range(span.start, span.end))
        private = {at for one in planted for at in range(one.start, one.end)}
        for one in planted:
            written = text[one.start : one.end]
            if all(at in covered for at in range(one.start, one.end)):
                found += 1
            else:
                missed.append((one.kind.value, written))
        result = apply(text, spans)
        assert leaks(result, [one.plain for one in planted]) == [], text
        marked += len(spans)
        false.update(
            (span.kind.value, span.text)
            for span in spans
            if private.isdisjoint(range(span.start, span.end))
        )
    precision = 1 - false.total() / marked
    assert missed == []
    assert precision > 0.99, false.most_common(10)
