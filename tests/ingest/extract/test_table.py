"""What tables say: times in cells, lists of documents."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.model import Relation
from tests.ingest.extract.conftest import DocumentOf

PAGE = """云州市人民政府办公室关于印发夜市工作任务分工的通知

云政办发〔2023〕5号

各区人民政府：

现将任务分工印发给你们，请认真组织实施。

云州市人民政府办公室

2023年3月1日

附件：{name}

{table}
"""


@pytest.mark.parametrize(
    ("cell", "norms"),
    [
        ("2023年6月底前", ["2023-06-30"]),
        ("6月底", ["2023-06-30"]),
        ("2023.06", ["2023-06-30"]),
        ("2023-06-15", ["2023-06-15"]),
        ("2023/6/15", ["2023-06-15"]),
        ("2024年", ["2024-12-31"]),
        ("2023—2025年", ["2025-12-31"]),
        ("2023年第三季度", ["2023-09-30"]),
        ("2024年上半年", ["2024-06-30"]),
        ("年底前", ["2023-12-31"]),
        ("今年年底前", ["2023-12-31"]),
        ("9月中旬", ["2023-09-20"]),
        ("每季度", ["R/P3M"]),
        ("每年12月底前", ["R/P1Y"]),
        ("长期坚持", []),
        ("持续推进", []),
        ("", []),
    ],
)
def test_a_time_in_a_cell_is_the_last_day_of_what_it_tells(
    cell: str, norms: list[str], document_of: DocumentOf
) -> None:
    table = f"| 任务 | 责任单位 | 完成时限 |\n|---|---|---|\n| 整治占道经营 | 市城管局 | {cell} |"
    found = extract(document_of(PAGE.format(name="任务分工表", table=table)))
    assert [deadline.norm for deadline in found.deadlines] == norms


@pytest.mark.parametrize(
    ("name", "relation"),
    [("决定废止的规范性文件目录", Relation.REPEALS), ("继续有效的规范性文件目录", Relation.CITES)],
)
def test_a_list_of_documents_gives_references(name: str, relation: Relation, document_of: DocumentOf) -> None:
    rows = [
        "序号\t文件名称\t文号",
        "1\t云州市夜市管理办法\t云政发〔2010〕3号",
        "2\t《云州市摊位规定》\t云政办发〔2012〕15号",
    ]
    found = extract(document_of(PAGE.format(name=name, table=f"{name}\n\n" + "\n".join(rows)))).references
    assert [(r.title, r.number, r.relation) for r in found] == [
        ("云州市夜市管理办法", "云政发〔2010〕3号", relation),
        ("云州市摊位规定", "云政办发〔2012〕15号", relation),
    ]
