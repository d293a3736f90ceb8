"""Whose bodies a document names: its issuer decides, however many other places its text speaks of."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from ingest.extract import extract
from ingest.resolve.model import AgencyMention, Form, Resolution
from ingest.resolve.resolver import builtin_resolver
from ontology.registry.divisions import builtin_divisions
from tests.ingest.extract.conftest import DocumentsOf

SEED, ISSUERS = 20261128, 300
FIRST, SECOND = "岚澄浔霁峪沅泊蘅砚栾", "水川岭溪浦屏荡墟渚坪"
WORDS = ("市", "县", "新区", "区", "州", "旗", "自治县", "开发区")
ORGANS = ("人民政府", "人民政府办公室", "教育局", "财政局", "市场监督管理局", "发展和改革委员会")
OF_ZONES = ("管理委员会", "管委会办公室")
PHRASES = (
    "支持企业在北京证券交易所上市，学习北京市、北京市海淀区的做法",
    "对接上海市场，扩大对上海市、浙江省杭州市的出口",
    "落实与天津市、河北省石家庄市的合作协议，在天津市设立窗口",
    "组织赴广东省深圳市、广东省广州市招商，办好深圳市专场",
    "参照云州市、宁江省的办法执行，借鉴云州市的经验",
    "开展与北京经济技术开发区、中关村科技园区的对接",
    "参加四川省成都市、重庆市的展会，用好成渝地区市场",
    "与长春市朝阳区、北京市朝阳区结对，学习朝阳区经验",
)
UNITS = (
    "市财政局、市科技局、各区政府",
    "县财政局、县教育局、各乡镇人民政府",
    "区发改局、区住建局、各街道办事处",
    "市科委、市经信局、开发区管委会",
    "州商务局、州文旅局、各县市人民政府",
    "省财政厅、市公安局、中关村管委会",
    "旗农牧局、旗财政局、市卫健委",
)


def invented_issuers() -> Iterator[tuple[str, str]]:
    """Areas that do not exist, and an issuer of each."""
    chance = random.Random(SEED)
    known = builtin_divisions()
    made: set[str] = set()
    while len(made) < ISSUERS:
        area = "".join((*(chance.choice(part) for part in (FIRST, SECOND)), chance.choice(WORDS)))
        if area in made or known.labelled(area):
            continue
        made.add(area)
        yield area, area + chance.choice(OF_ZONES if area.endswith(("开发区", "新区")) else ORGANS)


def resolved(text: str, documents_of: DocumentsOf) -> Resolution:
    (document,) = documents_of(text)
    (resolution,) = builtin_resolver().bodies([(document, extract(document))])
    return resolution


def circular(issuer: str, line: str, code: str = "示政发", date: str = "2024年3月1日") -> str:
    return f"{issuer}关于做好示例夜市工作的通知\n{code}〔2024〕6号\n各有关单位：\n{line}\n{issuer}\n{date}\n"


def elsewhere(mention: AgencyMention, area: str) -> bool:
    """Tell whether a mention was given to a body, or a class of bodies, of another area than the issuer's."""
    agency = mention.agency
    if agency is None or agency.form is Form.GENERIC or agency.level == "national":
        return False
    whose = agency.area if agency.form is not Form.AREA else agency.name
    if whose is None and agency.form is not Form.BODY:
        return any(place in agency.name for place in ("北京", "上海", "天津", "云州", "深圳", "重庆"))
    return whose != area or not agency.name.startswith((area, f"中共{area}"))


def test_no_body_of_another_jurisdiction(documents_of: DocumentsOf) -> None:
    chance = random.Random(SEED + 1)
    read, wrong = 0, []
    for area, issuer in invented_issuers():
        line = f"一、{chance.choice(PHRASES)}。（责任单位：{chance.choice(UNITS)}）"
        resolution = resolved(circular(issuer, line), documents_of)
        found = list(resolution.mentions())
        read += len(found)
        wrong += [
            (issuer, line, one.name, one.agency.name) for one in found if one.agency and elsewhere(one, area)
        ]
    assert read > 3 * ISSUERS
    assert wrong == []


@pytest.mark.parametrize(
    ("issuer", "code", "area"),
    [
        ("慈溪市人民政府办公室", "慈政办发", "慈溪市"),
        ("浙江省慈溪市人民政府", "慈政发", "慈溪市"),
        ("恩施州人民政府办公室", "恩施州政办发", "恩施土家族苗族自治州"),
        ("海南州人民政府", "南政", "海南藏族自治州"),
        ("嘉善县教育局", "善教", "嘉善县"),
        ("杭州市余杭区人民政府", "余政发", "杭州市余杭区"),
        ("长春市朝阳区人民政府", "长朝府发", "长春市朝阳区"),
        ("河北雄安新区管理委员会", "雄安政字", "河北省雄安新区"),
        ("中共慈溪市委办公室", "慈党办", "慈溪市"),
        ("国家税务总局慈溪市税务局", "慈税发", "慈溪市"),
        ("岚水市人民政府办公厅", "岚政办发", "岚水市"),
        ("岚水市岚江区人民政府", "岚江政发", "岚水市岚江区"),
        ("岚水市场服务中心", "岚市发", None),
        ("经济技术开发区管委会", "开管发", None),
        ("城乡建设局", "城建发", None),
        ("发展和改革局", "发改", None),
        ("朝阳区人民政府", "朝发", "朝阳区"),  # of which city, it does not say
    ],
)
def test_the_area_that_an_issuer_tells(
    issuer: str, code: str, area: str | None, documents_of: DocumentsOf
) -> None:
    """Its own name decides, whether a register lists its area or not; where it tells none, nothing does."""
    line = "一、支持企业在北京证券交易所上市，学习北京市做法。（责任单位：市财政局）"
    assert resolved(circular(issuer, line, code), documents_of).context.areas[:1] == ((area,) if area else ())


def test_the_departments_of_an_area_that_no_register_lists(documents_of: DocumentsOf) -> None:
    line = "一、支持企业在北京证券交易所上市。（责任单位：市财政局、市公安局、各区政府、省财政厅）"
    resolution = resolved(circular("岚水市人民政府办公厅", line), documents_of)
    assert [(one.name, one.agency.name if one.agency else None) for one in resolution.responsibilities] == [
        ("市财政局", "岚水市财政局"),
        ("市公安局", "岚水市公安局"),
        ("各区政府", "岚水市各区人民政府"),
        ("省财政厅", None),
    ]
