"""Names by registry and grammar where the time of the document decides."""

from __future__ import annotations

import pytest

from ingest.resolve.names import NameResolver
from ingest.resolve.spelling import Spelling
from ontology.registry import Interval
from tests.ingest.resolve.registries import CITY, COUNTRY, OTHER_CITY, OTHER_PROVINCE, PROVINCE, registry, row

AREAS = ("云州市", "宁江省", "中国")
OLD = row(
    "云州市工业委员会",
    "commission",
    "prefectural",
    "云州市",
    until="2018-11",
    change="renamed",
    becomes="云州市工业局",
    aliases="市工信办",
)
NEW = row("云州市工业局", "bureau", "prefectural", "云州市", since="2018-11", aliases="市工信办")
NAMES = NameResolver(registry(COUNTRY, PROVINCE, CITY, OLD, NEW))


@pytest.mark.parametrize(
    ("day", "means"),
    [
        ("2018-10-31", "云州市工业委员会"),
        ("2018-11-01", None),  # renamed in November: of the two, nobody knows which
        ("2018-11-15", None),
        ("2018-11-16", "云州市工业局"),  # more likely than not after the change
        ("2018-12-01", "云州市工业局"),
    ],
)
def test_a_name_that_was_handed_on(day: str, means: str | None) -> None:
    found = NAMES.listed("市工信办", AREAS, Interval.of(day))
    assert (found.name if found else None) == means


HEALTH = row(
    "石门市卫生健康委员会", "commission", "prefectural", "石门市", since="2018", aliases="石门市卫生健康委"
)
DATA = row(
    "石门市大数据管理局",
    "bureau",
    "prefectural",
    "石门市",
    since="2018",
    until="2022",
    change="abolished",
    aliases="石门市大数据局",
)
LIKE = Spelling(registry(COUNTRY, OTHER_PROVINCE, OTHER_CITY, HEALTH, DATA))


@pytest.mark.parametrize(
    ("short", "day", "full"),
    [
        ("大数据局", "2020-01-01", "{}大数据管理局"),
        ("大数据局", "2024-01-01", "{}大数据管理局"),  # its like bore the name before
        ("大数据局", "2010-01-01", None),  # … not yet
        ("卫生健康委", "2020-01-01", "{}卫生健康委员会"),
        ("卫生健康委", "2010-01-01", "{}卫生健康委员会"),  # 委 is 委员会 at all times
        ("教育局", "2020-01-01", None),
    ],
)
def test_a_short_name_is_spelled_out_as_its_like_elsewhere(short: str, day: str, full: str | None) -> None:
    found = LIKE.spelled_out(short, Interval.of(day))
    assert (found.text if found else None) == full
