"""Does an address find its division, and does the resolver say when it cannot know?"""

import hashlib
import tomllib

import pytest

from app.kernel import division_table
from app.kernel.division_source import current_rows, former_rows
from app.kernel.divisions import Level, Reason, Status, resolve, table
from tests.support.shared import samples

R, H, A, U = Status.RESOLVED, Status.HISTORICAL, Status.AMBIGUOUS, Status.UNRESOLVABLE


def test_the_tables_are_the_ones_of_the_manifest():
    manifest = tomllib.loads((division_table.FILES / "MANIFEST.toml").read_text(encoding="utf-8"))
    listed = manifest["files"] | manifest["demonstration"]
    tables = {file.name for file in division_table.FILES.glob("*.tsv")}
    assert set(listed) == tables
    for name, digest in listed.items():
        assert hashlib.sha256((division_table.FILES / name).read_bytes()).hexdigest() == digest
    assert (division_table.FILES / manifest["source"]["licence_file"]).is_file()


def test_the_table_has_every_province_and_county():
    divisions = table()
    assert len(divisions.children()) == 34
    assert divisions.full_name("430281") == "湖南省株洲市醴陵市"
    assert divisions.full_name("340321") == "安徽省蚌埠市怀远县"
    assert divisions.full_name("441900") == "广东省东莞市"
    assert divisions.full_name("110105") == "北京市朝阳区"
    assert divisions.full_name("653228") == "新疆维吾尔自治区和田地区和康县"
    assert divisions.get("990121") is None


def test_every_division_lies_in_one_that_exists():
    divisions = table(demo=True)
    waiting, seen = list(divisions.children()), 0
    while waiting:
        division = waiting.pop()
        seen += 1
        waiting += divisions.children(division.code)
        assert divisions.path(division.code)[-1] is division
    assert seen == sum(1 for code in _codes())


def _codes():
    for name in ("current.tsv", "demo.tsv"):
        lines = (division_table.FILES / name).read_text(encoding="utf-8").splitlines()[1:]
        yield from (line.split("\t")[0] for line in lines)


def test_the_demonstration_province_lives_apart():
    divisions = table(demo=True)
    assert [d.name for d in divisions.children("990000")] == ["澄州市", "南屏市", "岚川市"]
    assert [d.code for d in divisions.children("990100")] == [
        "990102", "990103", "990104", "990121", "990122",
    ]  # fmt: skip
    assert divisions.get("990121100").level is Level.TOWN
    assert divisions.contains("990000", "990121")
    assert not divisions.contains("990200", "990121")
    real = {d.name for code in _codes() if code[:2] != "99" and (d := table().get(code))}
    invented = {d.name for code in _codes() if code[:2] == "99" and (d := divisions.get(code))}
    assert not real & invented


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("990121", "青石"), ("150000", "内蒙古"), ("450000", "广西"), ("422800", "恩施"),
        ("653000", "克孜勒苏"), ("469025", "白沙"), ("810000", "香港"), ("310115", "浦东"),
        ("510403", "西区"),
    ],
)  # fmt: skip
def test_a_division_is_spoken_of_without_its_kind(code, short):
    assert table(demo=True).get(code).short == short


@pytest.mark.parametrize(
    ("address", "status", "reason", "code"),
    [
        ("临江省澄州市青石县城关镇解放路12号样例五金店", R, Reason.PATH, "990121"),
        ("澄州市青石县人民路 218 号（农贸市场南门对面）", R, Reason.PATH, "990121"),
        ("青石县", R, Reason.SINGLE_NAME, "990121"),
        ("我在青石县的一家五金店买了电线", R, Reason.SINGLE_NAME, "990121"),
        ("青石县城里", R, Reason.SINGLE_NAME, "990121"),
        ("澄州青石柳溪镇", R, Reason.PATH, "990121"),
        ("澄州市望江区北京路3号", R, Reason.PATH, "990102"),
        ("澄州市高新区创业路", R, Reason.SINGLE_NAME, "990100"),
        ("澄州市红石县人民路", R, Reason.UNKNOWN_BELOW, "990100"),
        ("北京市朝阳区建国路", R, Reason.PATH, "110105"),
        ("北京朝阳区", R, Reason.PATH, "110105"),
        ("吉林省长春市朝阳区", R, Reason.PATH, "220104"),
        ("江苏南京玄武区", R, Reason.PATH, "320102"),
        ("浙江省东阳横店镇", R, Reason.PATH, "330783"),
        ("内蒙古呼和浩特", R, Reason.PATH, "150100"),
        ("恩施州恩施市", R, Reason.PATH, "422801"),
        ("海南省白沙县", R, Reason.PATH, "469025"),
        ("重庆永川", R, Reason.PATH, "500118"),
        ("东莞市虎门镇", R, Reason.SINGLE_NAME, "441900"),
        ("湖北省仙桃市", R, Reason.PATH, "429004"),
        ("杭州市高新区（滨江）", R, Reason.SINGLE_NAME, "330100"),
        ("江苏省南京路12号", R, Reason.SINGLE_NAME, "320000"),
        ("长沙市民政局旁边", R, Reason.SINGLE_NAME, "430100"),
        ("北京市北京市朝阳区", R, Reason.PATH, "110105"),
        ("澄州市青石县，近白沙县", R, Reason.PATH, "990121"),
        ("广东省广州市东山区", R, Reason.ABOLISHED, "440100"),
        ("襄樊市", H, Reason.FORMER_NAME, "420600"),
        ("襄樊", H, Reason.FORMER_NAME, "420600"),
        ("湖北省襄樊市襄城区檀溪路", H, Reason.FORMER_NAME, "420602"),
        ("福建省沙县", H, Reason.FORMER_NAME, "350405"),
        ("萧山市", H, Reason.FORMER_NAME, "330109"),
        ("澄州市临澄县", H, Reason.FORMER_NAME, "990102"),
    ],
)
def test_an_address_finds_its_division(address, status, reason, code):
    found = resolve(address, demo=True)
    assert (found.status, found.reason_code, found.code) == (status, reason, code)
    assert found.name == table(demo=True).get(code).name


@pytest.mark.parametrize(
    ("address", "reason", "candidates"),
    [
        ("朝阳区", Reason.SAME_NAME, {"110105", "220104"}),
        ("朝阳", Reason.SAME_NAME, {"110105", "220104", "211300", "211321"}),
        ("吉林", Reason.SAME_NAME, {"220000", "220200"}),
        ("城关镇", Reason.SAME_NAME, {"990121100", "990122100"}),
        ("江苏省朝阳区", Reason.CONTRADICTION, {"320000", "110105", "220104"}),
        ("江西省醴陵市", Reason.CONTRADICTION, {"360000", "430281"}),
        ("青石县和白沙县交界", Reason.SEVERAL_PLACES, {"990121", "990122"}),
        (
            "北京市朝阳区建国路，厂家：河北省石家庄市裕华区",
            Reason.SEVERAL_PLACES,
            {"110105", "130108"},
        ),
    ],
)
def test_what_fits_several_places_is_said_to(address, reason, candidates):
    found = resolve(address, demo=True)
    assert (found.status, found.reason_code, found.code) == (A, reason, "")
    assert {division.code for division in found.candidates} == candidates


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", Reason.EMPTY),
        (" ，。", Reason.EMPTY),
        ("东北省", Reason.UNKNOWN_PROVINCE),
        ("东北省长春市朝阳区", Reason.UNKNOWN_PROVINCE),
        ("北京路", Reason.NO_DIVISION),
        ("南京东路100号", Reason.NO_DIVISION),
        ("中山南二路5号", Reason.NO_DIVISION),
        ("沙县小吃", Reason.NO_DIVISION),
        ("兰州拉面馆", Reason.NO_DIVISION),
        ("广州市场", Reason.NO_DIVISION),
        ("北京市民", Reason.NO_DIVISION),
        ("小东区3栋", Reason.NO_DIVISION),
        ("A3区桐梓坡路", Reason.NO_DIVISION),
        ("网店，地址不详", Reason.NO_DIVISION),
    ],
)
def test_what_cannot_be_known_is_refused(address, reason):
    found = resolve(address, demo=True)
    assert (found.status, found.reason_code) == (U, reason)
    assert (found.code, found.candidates) == ("", ())


def test_a_former_name_says_since_when_and_by_which_change():
    former = resolve("襄樊市").former
    assert (former.name, former.year, former.change, former.today) == (
        "襄樊市",
        2010,
        "更名",
        "420600",
    )


@pytest.mark.parametrize(
    ("address", "within", "code"),
    [
        ("朝阳区", "110000", "110105"),
        ("城关镇", "990121", "990121"),
        ("城关镇", "990122", "990122"),
        ("青石五金店", "990100", "990121"),
    ],
)
def test_a_bureau_means_its_own_places(address, within, code):
    found = resolve(address, within, demo=True)
    assert (found.status, found.reason_code, found.code) == (R, Reason.WITHIN, code)


def test_a_bureau_elsewhere_does_not_narrow_anything():
    assert resolve("朝阳区", "990000", demo=True).status is A
    assert resolve("北京市朝阳区", "990000", demo=True).code == "110105"
    assert resolve("青石五金店", "990200", demo=True).status is U


def test_a_town_is_told_beside_its_county():
    found = resolve("青石县城关镇", demo=True)
    assert (found.code, found.town_code, found.matched_text) == (
        "990121",
        "990121100",
        "青石县城关镇",
    )


def test_invented_places_are_unknown_without_the_demonstration():
    assert resolve("临江省澄州市青石县").status is U
    assert resolve("望江区").code == ""


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("430281", "430281"), ("420600", "420600"), ("310230", "310151"), ("422522", "420683"),
        ("330621", "330603"), ("422323", "421281"), ("000000", None),
    ],
)  # fmt: skip
def test_an_old_code_is_followed_to_today(code, today):
    division = table().today(code)
    assert (division.code if division else None) == today


def test_the_longest_story_is_still_read():
    assert resolve("我在朝阳区买了电线，" * 20_000).status is A


def story(sample):
    """Return a sample without the two lines that say where it comes from."""
    return sample.read_text(encoding="utf-8").split("\n", 2)[2]


@pytest.mark.parametrize("sample", samples("tips"), ids=lambda path: path.name)
def test_a_real_complaint_with_its_places_blotted_out_gives_none_away(sample):
    assert resolve(story(sample)).status is U


@pytest.mark.parametrize("sample", samples("penalties"), ids=lambda path: path.name)
def test_a_published_decision_names_the_county_of_its_office(sample):
    found = resolve(story(sample))
    assert found.status is R
    assert table().get(found.code).level is Level.COUNTY


EVENT = {"year": 1996, "level": 3}


def changed(kind, old, new, **more):
    before = {"code": old[0], "name": old[1]}
    after = {"code": new[0], "name": new[1]}
    return EVENT | {"type": kind, "old": before, "new": after} | more


def test_rebuilding_follows_several_changes_and_drops_impossible_ones():
    rows = current_rows({
        "provinces": {
            "样省": {
                "code": "100000000000",
                "cities": {
                    "甲市": {"code": "100100000000", "counties": {"甲区": "100102000000"}},
                    "乙市": {"code": "100200000000", "counties": {"枝市": "100283000000"}},
                },
            }
        }
    })  # fmt: skip
    assert rows["100102"] == ("甲区", "100100")
    events = [
        changed("撤县设市", ("100123000000", "甲县"), ("100181000000", "老甲市"), year=1990),
        changed("撤市设区", ("100181000000", "老甲市"), ("100102000000", "甲区"), year=2000),
        changed("撤县设市", ("100223000000", "枝县"), ("100102000000", "甲区")),
        changed("撤销", ("100204000000", "东角区"), ("100102000000", "甲区")),
        changed("码位改派", ("100209000000", "丙区"), ("100102000000", "甲区")),
    ]
    assert former_rows(events, rows) == [
        ("100123", "甲县", "1990", "撤县设市", "100102"),
        ("100181", "老甲市", "2000", "撤市设区", "100102"),
        ("100204", "东角区", "1996", "撤销", ""),
        ("100223", "枝县", "1996", "撤县设市", "100283"),
    ]
