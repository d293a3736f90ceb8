"""Divisions of China and the bodies that all areas of a level have."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from ontology.errors import RegistryError
from ontology.registry import AREA, Body, Interval, Period, Registry, builtin_registry
from ontology.registry.divisions import FILE, builtin_divisions, read_divisions
from ontology.registry.import_divisions import rows
from ontology.registry.standard import COLUMNS, REFORM_COLUMNS, builtin_standard, read_standard

REGISTRY_FOLDER = Path(__file__).parents[2] / "ontology" / "registry"


def read(name: str) -> list[dict[str, str]]:
    with (REGISTRY_FOLDER / name).open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def area(name: str, level: str, *aliases: str) -> Body:
    return Body(name, AREA, level, "", "", Period(), None, (), "", aliases, (), (), "", 0)


def test_all_of_china_is_there() -> None:
    table = read(FILE)
    now = [row for row in table if not row["until"]]
    assert len({row["code"] for row in now}) == len(now)
    ends = [sum(row["code"].endswith(zeros) for row in now) for zeros in ("0000", "00", "")]
    assert ends[0] == 34
    assert ends[1] - ends[0] == 333
    assert 2_840 < ends[2] - ends[1] < 2_860


@pytest.mark.parametrize(
    ("label", "names", "outer"),
    [
        ("慈溪市", ["慈溪市"], "宁波市"),
        ("恩施州", ["恩施土家族苗族自治州"], "湖北省"),
        ("余杭区", ["杭州市余杭区"], "杭州市"),
        ("五指山市", ["五指山市"], "海南省"),
        ("浦东新区", ["上海市浦东新区"], "上海市"),
        ("朝阳区", ["北京市朝阳区", "长春市朝阳区"], "北京市"),
        ("萧山市", ["萧山市"], "杭州市"),
        ("云州市", [], ""),
    ],
)
def test_a_division_by_one_of_its_names(label: str, names: list[str], outer: str) -> None:
    found = builtin_divisions().labelled(label)
    assert [one.name for one in found] == names
    assert not found or found[0].outer == outer


def test_the_divisions_that_a_text_begins_with() -> None:
    found = builtin_divisions().starting("恩施州人民政府")
    assert [label for label, _ in found] == ["恩施州"]


def test_one_that_is_no_more_stands_behind_one_that_is() -> None:
    table = "code,name,short,until\n990000,云省,,\n990100,云州市,,\n990181,云县,,2001\n990182,云县,,\n"
    (one,) = read_divisions(table.encode()).labelled("云县")
    assert (one.until, one.outer) == (None, "云州市")


def test_the_import_of_a_wheel(tmp_path: Path) -> None:
    divisions = {
        "provinces": {
            "云省": {
                "code": "990000000000",
                "cities": {
                    "云州侗族自治州": {"code": "990100000000", "counties": {"东县": "990121000000"}},
                    "": {"code": None, "counties": {"西市": "999001000000"}},
                },
            }
        }
    }
    changes = [
        {"year": year, "old": {"code": "990122000000", "name": name}, "new": None}
        for year, name in ((1990, "旧县"), (2003, "南县"), (2004, "东县"))
    ]
    wheel = tmp_path / "some.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr("data/divisions_v1.json", json.dumps(divisions))
        archive.writestr("data/historical_changes_v1.json", json.dumps({"events": changes}))
    assert rows(wheel) == [
        ("990000", "云省", "", ""),
        ("990100", "云州侗族自治州", "云州州", ""),
        ("990121", "东县", "", ""),
        ("990122", "南县", "", "2003"),
        ("999001", "西市", "", ""),
    ]


@pytest.mark.parametrize(
    ("level", "name", "label", "bodies"),
    [
        ("provincial", "云州省", "省科技厅", ["云州省科学技术厅"]),
        ("prefectural", "云州市", "市科技局", ["云州市科学技术局"]),
        ("prefectural", "云州市", "云州市委宣传部", ["中共云州市委宣传部"]),
        ("prefectural", "云州市", "团市委", ["共青团云州市委员会"]),
        ("prefectural", "云州市", "市税务局", ["国家税务总局云州市税务局"]),
        ("prefectural", "云州市", "市交通局", ["云州市交通局", "云州市交通运输局"]),
        ("prefectural", "云州自治州", "州财政局", ["云州自治州财政局"]),
        ("county", "云州自治县", "县财政局", ["云州自治县财政局"]),
        ("county", "云州县", "县卫健局", ["云州县卫生健康局"]),
        ("", "云州市", "市卫健委", ["云州市卫生健康委员会"]),  # of a city of either level
        ("", "云州开发区", "区财政局", []),  # a zone has what it has
        ("prefectural", "云州市", "市夜市办", []),
        ("prefectural", "云州市", "县财政局", []),
    ],
)
def test_the_bodies_that_an_area_has_as_all_of_its_level(
    level: str, name: str, label: str, bodies: list[str]
) -> None:
    found = builtin_standard().labelled(label, area(name, level))
    assert sorted(one.name for one in found) == bodies
    assert all(one.derived and one.area == name for one in found)


def test_every_standard_body_has_its_successors() -> None:
    registry = builtin_registry()
    for row in read("standard.csv"):
        for level in row["levels"].split("|"):
            whose = area(
                "云州市" if level != "provincial" else "云州省",
                "provincial" if level == "municipality" else level,
            )
            body = builtin_standard().named(row["name"].replace("{}", whose.name), whose)
            assert body is not None, row["name"]
            assert body.period.until is None or registry.now(body) is not None
            for name in body.becomes:
                assert builtin_standard().named(name, whose), (row["name"], level, name)


def test_a_reform_that_nobody_dated() -> None:
    row = "county,{}供水局,bureau,@2050,,,,,,某法,"
    reforms = ",".join(REFORM_COLUMNS) + "\n2018,county,2019-03,true,样例\n"
    with pytest.raises(RegistryError, match=r"standard\.csv.*2.*from '@2050' is no date and no reform"):
        read_standard(f"{','.join(COLUMNS)}\n{row}\n".encode(), reforms.encode())


def test_a_standard_body_has_a_source_and_a_month_says_whether_it_was_looked_up() -> None:
    head, reforms = ",".join(COLUMNS), ",".join(REFORM_COLUMNS)
    with pytest.raises(RegistryError, match=r"standard\.csv.*2.*\{\}供水局 has no source"):
        read_standard(f"{head}\ncounty,{{}}供水局,bureau,,,,,,,,\n".encode(), f"{reforms}\n".encode())
    with pytest.raises(RegistryError, match=r"reforms\.csv.*2.*unknown derived 'perhaps'"):
        read_standard(f"{head}\n".encode(), f"{reforms}\n2018,county,2019-03,perhaps,样例\n".encode())


def test_rows_go_before_what_is_derived_and_nothing_is_derived_where_all_are_listed() -> None:
    registry: Registry = builtin_registry()
    size = len(registry)
    listed = registry.labelled("市经济信息化委", ("上海市", "中国"))
    assert [(one.name, one.derived) for one in listed] == [("上海市经济和信息化委员会", False)]
    assert [(one.name, one.derived) for one in registry.labelled("市财政局", ("上海市", "中国"))] == [
        ("上海市财政局", True)
    ]
    assert registry.labelled("市扶贫办", ("北京市", "中国")) == []
    assert registry.labelled("市旅游局", ("云州市", "宁江省", "中国")) == []
    (old,) = registry.labelled("省环保厅", ("河北省", "中国"))
    assert [one.name for one in registry.now(old)] == ["河北省生态环境厅"]
    assert old.period.may_meet(Interval.of("2018-05-06"))
    assert not old.period.may_meet(Interval.of("2019-05-06"))
    assert len(registry) == size
