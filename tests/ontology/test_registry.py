"""The registry: what its rows mean together, and what stops a build."""

import random
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from ontology.errors import RegistryError
from ontology.registry import Body, Interval, Judgements, Registry
from ontology.registry.areas import COLUMNS as SAID
from ontology.registry.judgements import read_judgements
from ontology.registry.labels import labels
from ontology.registry.period import Period, first_day, is_partial_date, last_day
from ontology.registry.registry import builtin_registry, load_registry
from ontology.registry.rows import COLUMNS, read_bodies
from tests.conftest import ROOT
from tests.for_each import for_each

CASES = ROOT / "tests" / "cases"
REGISTRY = ROOT / "ontology" / "registry"

AREA = "云州市,area,prefectural,,,,,,,,云州,,,"
GOVERNMENT = "云州市人民政府,government,prefectural,云州市,,,,,,,,,云政发,"
OLD = (
    "云州市工业委员会,commission,prefectural,云州市,云州市人民政府,,2018-11,renamed,云州市工业局,"
    "机构改革方案,市工委,工业,云工委发,"
)
NEW = "云州市工业局,bureau,prefectural,云州市,云州市人民政府,2018-11,,,,,市工信局,工业|信息化,云工发,"
DISTRICT = "云州市城东区,area,county,云州市,,,,,,,城东区,,,"
DISTRICT_GOVERNMENT = "云州市城东区人民政府,district-government,county,云州市城东区,云州市人民政府,,,,,,,,,"


def table(*rows: str) -> bytes:
    return "\n".join([",".join(COLUMNS), *rows, ""]).encode()


def registry(*rows: str) -> Registry:
    return Registry(read_bodies(table(AREA, GOVERNMENT, *rows), "yunzhou.csv"))


def names(found: list[Body]) -> list[str]:
    return [body.name for body in found]


@pytest.fixture(scope="module")
def small() -> Registry:
    return registry(OLD, NEW, DISTRICT, DISTRICT_GOVERNMENT)


def test_a_body_is_found_by_every_form_of_its_name(small: Registry) -> None:
    local = ("云州市",)
    for label in ("云州市工业局", "市工业局", "市工信局", "云州市工信局"):
        assert names(small.labelled(label, local)) == ["云州市工业局"], label
    for label in ("城东区政府", "城东区人民政府", "云州市城东区政府"):
        assert names(small.labelled(label)) == ["云州市城东区人民政府"], label


def test_the_word_of_an_area_means_its_body_only_in_its_own_documents(small: Registry) -> None:
    assert small.labelled("市工业局") == []
    assert small.labelled("市工业局", ("宁江省",)) == []
    assert names(small.labelled("区政府", ("云州市城东区", "云州市"))) == ["云州市城东区人民政府"]


def test_an_alias_of_a_place_without_its_word_makes_no_further_names() -> None:
    body = next(
        iter(read_bodies(table("云州海关,central-body,national,云州市,,,,,,,云州关税局,,,"), "a.csv"))
    )
    area = next(iter(read_bodies(table(AREA), "a.csv")))
    everywhere, local = labels(body, area)
    assert everywhere == {"云州海关", "云州关税局"}
    assert local == frozenset()


def test_a_change_is_followed_to_its_end(small: Registry) -> None:
    old, new = small.get("云州市工业委员会"), small.get("云州市工业局")
    assert old is not None and new is not None
    assert small.now(old) == (new,)
    assert small.now(new) == (new,)


def test_a_split_has_several_successors_and_an_abolished_body_none() -> None:
    split = "云州市甲局,bureau,prefectural,云州市,,,2020,split,云州市工业局|云州市乙局,,,,,"
    other = "云州市乙局,bureau,prefectural,云州市,,2020,,,,,,,,"
    gone = "云州市丙局,bureau,prefectural,云州市,,,2020,abolished,,,,,,"
    small = registry(OLD, NEW, split, other, gone)
    assert {b.name for b in small.now(small.get("云州市甲局") or pytest.fail())} == {
        "云州市工业局",
        "云州市乙局",
    }
    assert small.now(small.get("云州市丙局") or pytest.fail()) == ()


def test_a_function_and_a_code_have_their_holder_at_a_time(small: Registry) -> None:
    before, after = Interval.of("2018-10-31"), Interval.of("2018-12-01")
    assert names(small.holders("工业", "云州市", before)) == ["云州市工业委员会"]
    assert names(small.holders("工业", "云州市", after)) == ["云州市工业局"]
    assert len(small.holders("工业", "云州市", Interval.of("2018-11-15"))) == 2, "known to the month only"
    assert names(small.by_code("云工发")) == ["云州市工业局"]
    assert small.holders("工业", "宁江省", after) == []


@pytest.mark.parametrize(
    ("since", "until", "day", "may"),
    [
        ("2018-11", None, "2018-10-31", False),
        ("2018-11", None, "2018-11-01", True),
        (None, "2018", "2018-12-31", True),
        (None, "2018", "2019-01-01", False),
        (None, "2018-11-08", "2018-11-08", False),
        (None, "2018-11-08", "2018-11-07", True),
        (None, None, "1949-10-01", True),
    ],
)
def test_what_is_known_to_the_year_may_lie_anywhere_in_it(
    since: str | None, until: str | None, day: str, may: bool
) -> None:
    assert Period(since, until).may_meet(Interval.of(day)) is may


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2020", "2020-01-01", "2020-12-31"), ("2020-02", "2020-02-01", "2020-02-29"), ("2020-02-03",) * 3],
)
def test_partial_dates(text: str, first: str, last: str) -> None:
    assert is_partial_date(text)
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize("text", ["20", "2020-13", "2020-02-30", "2020-2", "2020年", "2020-01-01T00"])
def test_no_dates(text: str) -> None:
    assert not is_partial_date(text)


def test_labels_of_two_parts_are_known_since_the_first_body_that_bears_them() -> None:
    first = (
        "云州市工业局、信息局,bureau,prefectural,云州市,,2018,2020,renamed,云州市工业局、信息委,,"
        "市甲、乙局,,,"
    )
    then = "云州市工业局、信息委,bureau,prefectural,云州市,,2020,,,,,市甲、乙局,,,"
    always = "云州市丙局、丁局,bureau,prefectural,云州市,,,,,,,,,,"
    assert registry(first, then, always, NEW).joint_labels() == {
        "云州市工业局、信息局": 2018,
        "市工业局、信息局": 2018,
        "云州市工业局、信息委": 2020,
        "市工业局、信息委": 2020,
        "云州市甲、乙局": 2018,
        "市甲、乙局": 2018,
        "云州市丙局、丁局": None,
        "市丙局、丁局": None,
    }


def bad(*rows: str) -> pytest.ExceptionInfo[RegistryError]:
    with pytest.raises(RegistryError) as caught:
        registry(*rows)
    return caught


@pytest.mark.parametrize(
    ("rows", "row", "reason"),
    [
        ([NEW, NEW.replace("云州市工业局", "云州市信息局")], 5, "市工信局 belongs to 云州市工业局"),
        ([NEW, NEW], 5, "云州市工业局 stands in yunzhou.csv, row 4 already"),
        ([NEW.replace("bureau", "burau")], 4, "unknown kind 'burau'"),
        ([NEW.replace("prefectural", "city")], 4, "unknown level 'city'"),
        ([NEW.replace("2018-11", "2018/11")], 4, "no date"),
        ([NEW.replace("2018-11,", "2018-11,2018-10")], 4, "ends (2018-10) before it begins (2018-11)"),
        ([NEW.replace("云州市,云州市人民政府", "云洲市,云州市人民政府")], 4, "the area 云洲市 is no row"),
        ([NEW.replace("云州市,云州市人民政府", ",云州市人民政府")], 4, "has no area"),
        ([NEW.replace("云州市人民政府", "云州市人民政符")], 4, "the parent 云州市人民政符 is no row"),
        ([NEW.replace("云州市人民政府", "云州市")], 4, "is an area, not a body"),
        ([OLD], 4, "becomes 云州市工业局, which is no row"),
        ([OLD.replace("renamed,云州市工业局", "renamed,"), NEW], 4, "must become exactly one body, not 0"),
        ([OLD.replace("renamed", "moved"), NEW], 4, "unknown change 'moved'"),
        ([OLD.replace("2018-11,renamed", ",renamed"), NEW], 4, "renamed without a date"),
        ([OLD.replace("renamed", "abolished"), NEW], 4, "but change says abolished"),
        (
            [OLD.replace("2018-11", "2019-03"), NEW],
            4,
            "renamed in 2019-03, but 云州市工业局 begins in 2018-11",
        ),
        ([NEW.replace("云州市人民政府", "云州市工业局")], 4, "cycle of parents"),
        ([OLD.replace("市工委", "市工信局").replace("2018-11", "2018-11-08"), NEW], 5, "in the same period"),
        ([NEW + ",一"], 4, "15 cells, 14 are expected"),
        ([NEW.replace("云州市工业局", "", 1)], 4, "has no name"),
    ],
)
def test_a_row_that_cannot_stand_is_named_with_file_row_and_reason(
    rows: list[str], row: int, reason: str
) -> None:
    error = bad(*rows).value
    assert (error.file, error.row) == ("yunzhou.csv", row)
    assert reason in str(error)
    assert str(error).startswith(f"yunzhou.csv, row {row}: ")


def test_a_cycle_of_successors_stops() -> None:
    one = "云州市甲局,bureau,prefectural,云州市,,,2020,renamed,云州市乙局,,,,,"
    other = "云州市乙局,bureau,prefectural,云州市,,2020,2022,renamed,云州市丙局,,,,,"
    third = "云州市丙局,bureau,prefectural,云州市,,2022,2024,merged,云州市甲局,,,,,"
    assert "is in a cycle of successors" in str(bad(one, other, third).value)


def test_a_parent_two_steps_up_is_a_cycle_too() -> None:
    one = "云州市甲局,bureau,prefectural,云州市,云州市乙局,,,,,,,,,"
    other = "云州市乙局,bureau,prefectural,云州市,云州市甲局,,,,,,,,,"
    assert "is in a cycle of parents" in str(bad(one, other).value)


@pytest.mark.parametrize(
    ("data", "row", "reason"),
    [
        (b"", 1, "empty"),
        (b"name,kind\n", 1, "the header must be name,kind,level"),
        (table(AREA).replace(b",note", b",note,more", 1), 1, "the header must be name,kind,level"),
        (table(AREA).replace(b",note", b",notes", 1), 1, "the header must be name,kind,level"),
        (table(AREA).replace("云州".encode(), b"\xff\xfe"), 2, "is not UTF-8"),
        (table(AREA, '"云州市局,bureau'), 3, "no CSV"),
    ],
)
def test_a_file_that_is_no_table(data: bytes, row: int, reason: str) -> None:
    with pytest.raises(RegistryError) as caught:
        list(read_bodies(data, "yunzhou.csv"))
    assert caught.value.row == row
    assert reason in str(caught.value)


# judgements ------------------------------------------------------------------------------------------

HEADER = "mention,scope,decision,who,when,why\n"


def judged(small: Registry, *rows: str) -> Judgements:
    return read_judgements([("judgements.csv", (HEADER + "\n".join(rows)).encode())], small)


def test_the_narrowest_scope_wins(small: Registry) -> None:
    found = judged(
        small,
        "工业局,*,unresolved,甲,2024-05-01,同名的太多",
        "工业局,云州市,云州市工业局,甲,2024-05-01,本市文件",
        "工业局,云政发〔2024〕1号,generic,乙,2024-06-01,泛指",
    )
    decided = [found.find("工业局", scopes) for scopes in ((), ("云州市",), ("云政发[2024]1号", "云州市"))]
    said = [(one.body, one.decision and one.decision.value) if one else None for one in decided]
    assert said[:2] == [(None, "unresolved"), ("云州市工业局", None)]
    assert found.find("财政局", ("云州市",)) is None


def test_the_same_judgement_twice_is_no_contradiction(small: Registry) -> None:
    row = "工业局,云州市,云州市工业局,甲,2024-05-01,本市文件"
    assert len(judged(small, row, row.replace("甲", "乙"))) == 1


@pytest.mark.parametrize(
    ("rows", "row", "reason"),
    [
        (
            ["工业局,云州市,云州市工业局,甲,2024-05-01,一", "工业局,云州市,generic,乙,2024-05-02,二"],
            3,
            "工业局 in 云州市 is generic here, but 云州市工业局 in judgements.csv, row 2",
        ),
        (["工业局,云州市,云州市工业厅,甲,2024-05-01,一"], 2, "'云州市工业厅' is no body of the registry"),
        (["工业局,云州市,云州市工业局,,2024-05-01,一"], 2, "the column who is empty"),
        (["工业局,云州市,云州市工业局,甲,昨天,一"], 2, "'昨天' is no date"),
    ],
)
def test_a_judgement_that_cannot_stand(small: Registry, rows: list[str], row: int, reason: str) -> None:
    with pytest.raises(RegistryError) as caught:
        judged(small, *rows)
    assert caught.value.row == row
    assert reason in str(caught.value)


# the registry that comes with gongbao ---------------------------------------------------------------


def test_its_rows_do_not_depend_on_their_order() -> None:
    rows = list(builtin_registry())
    random.Random(7).shuffle(rows)
    again = Registry(rows)
    for body in builtin_registry():
        now = {last.name for last in builtin_registry().now(body)}
        assert {last.name for last in again.now(again.get(body.name) or body)} == now


def test_a_further_folder_is_a_further_jurisdiction(tmp_path: Path) -> None:
    rows = [row.replace("云州", "雾州").replace("云", "雾") for row in (AREA, GOVERNMENT, OLD, NEW)]
    (tmp_path / "wuzhou.csv").write_bytes(table(*rows))
    further, files = load_registry([tmp_path])
    assert len(further) == len(builtin_registry()) + 4
    assert names(further.labelled("市工信局", ("雾州市",))) == ["雾州市工业局"]
    assert [name for name, _ in files] == ["judgements.csv"]


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"no \.csv file"):
        load_registry([tmp_path])
    with pytest.raises(RegistryError, match="no such folder"):
        load_registry([tmp_path / "none"])


def said(*rows: str) -> Registry:
    data = "\n".join([",".join(SAID), *rows, ""]).encode()
    return Registry(read_bodies(table(AREA, GOVERNMENT), "yunzhou.csv"), [("areas.csv", data)])


def test_what_is_said_of_areas() -> None:
    found = said("云州市,complete,2017,2020-01-01,逐一收录", "云州市,invented,,,样例")
    assert [found.complete("云州市", Interval.of(f"{year}-05-06")) for year in (2016, 2017, 2019, 2020)] == [
        False,
        True,
        True,
        False,
    ]
    assert found.complete("云州市", Interval())  # a text of unknown date may be of that time
    assert not found.complete("雾州市", Interval())
    assert found.invented() == {"云州市"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("雾州市,complete,,,逐一收录", "'雾州市' is no area of the registry"),
        ("云州市人民政府,complete,,,逐一收录", "'云州市人民政府' is no area of the registry"),
        ("云州市,finished,,,逐一收录", "unknown says 'finished'; known are complete, invented"),
        ("云州市,complete,2017-13,,逐一收录", "from '2017-13' is no date"),
        ("云州市,complete,,,", "the column why is empty"),
    ],
)
def test_what_cannot_be_said_of_an_area(row: str, reason: str) -> None:
    with pytest.raises(RegistryError, match=rf"areas\.csv.*2.*{reason}"):
        said(row)


def test_every_area_but_the_country_lies_in_another() -> None:
    assert [area.name for area in builtin_registry() if area.is_area and not area.area] == ["中国"]


class Plan(NamedTuple):
    """The components of the State Council after a plan."""

    after: str
    number: int
    bodies: list[str]


PLANS = [Plan(**plan) for plan in yaml.safe_load((CASES / "state_council.yaml").read_text("utf8"))]


@for_each(PLANS, lambda plan: plan.after)
def test_the_components_of_the_state_council_after_each_plan(plan: Plan) -> None:
    """Each is there at the time, and of each that is no more it is told what became of it, and why."""
    found = {name: builtin_registry().get(name) for name in plan.bodies}
    assert len(found) == plan.number
    for name, body in found.items():
        assert body is not None, name
        assert body.period.may_meet(Interval.of(f"{plan.after}-01")), name
        assert body.period.until is None or (body.change and body.becomes and body.cause), name


def test_no_other_component_is_there_after_a_plan() -> None:
    """Of ministries and commissions of the State Council, only those that the plan lists."""
    for plan in PLANS:
        at = Interval.of(f"{plan.after}-01")
        ministries = {
            body.name
            for body in builtin_registry()
            if body.kind == "ministry" and body.level == "national" and body.period.may_meet(at)
        }
        assert ministries <= set(plan.bodies)


def test_rows_of_single_cities_say_where_they_come_from() -> None:
    rows = read_bodies((REGISTRY / "municipalities.csv").read_bytes(), "municipalities.csv")
    notes = (REGISTRY / "municipalities.csv").read_text("utf8").splitlines()[1:]
    assert len(notes) == len(list(rows))
    assert [line for line in notes if line.endswith(",")] == []
