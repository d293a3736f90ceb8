"""A store of many invented tasks, to see how what asks for them grows: ``generated(folder, tasks=50_000)``.

A hundred circulars, each of which lays twenty tasks on some of a few hundred bodies in their roles, many
with a deadline or a target, go through the pipeline; their quads are then loaded again and again under other
names. The same seed gives the same store.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from ingest.build import build_store
from ingest.store import current, open_draft, prepare, publish
from ontology.iris import Iris

TASKS = 20
"""tasks of a circular"""
_CIRCULARS = 100  # that go through the pipeline
# what is named after a document or its text, hence another thing in each copy
_HASHED = re.compile(r"(?<=/(?:text|fact)/)[0-9a-f]{8}|(?<=/graph/)[0-9a-f]{8}(?=[0-9a-f]{8})")
_SERIAL = re.compile(r"(?<=[〕第])\d+(?=号)")

_PLACES = ["青石", "云岭", "白沙", "东屏", "临江", "长桥", "松溪", "石门", "南泉", "北湖", "柳河", "梅山"]
_OFFICES = [
    *("财政局", "教育局", "水利局", "林业局", "公安局", "民政局", "司法局", "审计局", "统计局", "交通运输局"),
    *("农业农村局", "文化和旅游局", "卫生健康委", "应急管理局", "市场监督管理局", "科学技术局"),
    *("自然资源局", "生态环境局", "城市管理局", "商务局", "人力资源和社会保障局", "住房和城乡建设局"),
    *("大数据管理局", "医疗保障局", "档案局", "气象局", "体育局", "信访局", "园林局", "粮食局"),
]
_VERBS = ["加强", "推进", "完善", "规范", "落实", "深化", "优化", "健全", "提升", "扩大"]
_FIELDS = [
    *("河道整治", "档案整理", "数据共享", "企业服务", "人才培养", "污染防治", "安全生产", "义务教育"),
    *("道路养护", "防汛抗旱", "节能改造", "知识产权保护", "养老服务", "食品抽检", "信用监管", "垃圾分类"),
    *("林木管护", "文物保护", "就业帮扶", "电子证照"),
]
_KINDS = ["工作方案", "行动计划", "实施意见", "若干措施"]
_CHINESE = "一二三四五六七八九十"


def generated(folder: Path, tasks: int = 50_000) -> Path:
    """Write a store with so many tasks, or a few less, into a folder with nothing in it; gives the store."""
    write(folder / "files", _CIRCULARS)
    build_store([folder / "files"], folder / "once", check=False)
    once = current(folder / "once")
    store = folder / "store"
    prepare(store)
    with open_draft(store) as written:
        copies = tasks // (TASKS * _CIRCULARS)
        lines = [f"{quad} .\n" for quad in once.quads()]
        own = [line for line in lines if _HASHED.search(line[line.rindex(" <") :])]
        written.add(lines)
        for copy in range(1, copies):
            written.add(_renamed(line, copy) for line in own)
        for path in (once.folder / "sources").iterdir():
            written.add_source(path.stem, path.read_text("utf8"))
            for copy in range(1, copies):
                written.add_source(_renamed(f"/text/{path.stem}", copy)[6:], path.read_text("utf8"))
        written.tidy()
        digest = written.finish({"base": Iris().base, "documents": copies * _CIRCULARS})
        publish(store, written, digest, keep=1)
    return store


def _renamed(line: str, copy: int) -> str:
    line = _HASHED.sub(f"{copy:08x}", line).replace("/doc/", f"/doc/{copy}-")
    return _SERIAL.sub(lambda found: f"{int(found[0]) + copy * _CIRCULARS}", line)


def write(folder: Path, documents: int, seed: int = 5) -> None:
    """Write so many circulars into a new folder."""
    random = Random(seed)
    folder.mkdir(parents=True)
    for serial in range(1, documents + 1):
        (folder / f"{serial:05}.txt").write_text(circular(random, serial), "utf8")


def circular(random: Random, serial: int) -> str:
    """A circular of a county with its tasks."""
    county, field, kind = random.choice(_PLACES), random.choice(_FIELDS), random.choice(_KINDS)
    year = random.choice(range(2019, 2030))
    day = f"{year}年{random.randint(1, 12)}月{random.randint(1, 28)}日"
    title = f"{county}县人民政府关于{field}第{serial}号{kind}的通知"
    lines = [
        title,
        f"{county}政发〔{year}〕{serial}号",
        "各乡镇人民政府：",
        f"为做好{field}，现将有关事项通知如下。",
    ]
    for number in range(TASKS):
        if number % 10 == 0:
            lines.append(f"{_CHINESE[number // 10]}、重点任务")
        lines.append(f"（{_CHINESE[number % 10]}）{_task(random, county, year)}")
    return "\n\n".join([*lines, f"{county}县人民政府", day]) + "\n"


def _task(random: Random, county: str, year: int) -> str:
    field = random.choice(_FIELDS)
    parts = [f"{random.choice(_VERBS)}{field}。明确目标和步骤，细化措施，把{field}各项要求落到实处，"]
    parts.append("建立台账，逐项销号，对进展缓慢的及时提醒，确保取得实效。")
    chance = random.random()
    if chance < 0.3:
        parts.append(f"{year + random.randint(0, 4)}年底前，全面完成{field}阶段任务。")
    elif chance < 0.4:
        parts.append("每季度通报一次进展情况。")
    elif chance < 0.5:
        parts.append("在30日内完成自查。")
    if random.random() < 0.4:
        parts.append(f"完成{field}项目{random.randint(5, 500)}个以上。")
    offices = random.sample(_OFFICES, 5)
    lead, first, second, *helping = (f"{county}县{office}" for office in offices)
    if random.random() < 0.6:
        parts.append(f"（牵头单位：{lead}；责任单位：{first}、{second}；配合单位：{'、'.join(helping)}）")
    else:
        parts.append(f"（责任单位：{lead}、{first}）")
    return "".join(parts)
