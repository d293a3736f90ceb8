"""What is known beside a text: manifests, sidecars, and what becomes of it in the head of a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.manifest import Manifest, read_manifest
from ingest.model import Document
from ingest.pipeline import documents
from ingest.read import read, read_bytes
from tests.conftest import Gongbao, circular

ROW = {
    "文件": "in/a.txt",
    "公文标题": "关于做好年度归档工作的通知",
    "文号": "青档发〔2030〕8号",
    "发布日期": "2030/3/9",
}
FIELDS = {"title": "关于做好年度归档工作的通知", "number": "青档发〔2030〕8号", "published": "2030-03-09"}


def written(path: Path, row: dict[str, str]) -> Path:
    match path.suffix:
        case ".csv":
            path.write_bytes(f"{','.join(row)}\n{','.join(row.values())}\n".encode("gb18030"))
        case ".json":
            path.write_text(json.dumps([row]), "utf8")
        case _:
            path.write_text(json.dumps(row) + "\n", "utf8")
    return path


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
@pytest.mark.parametrize("name", ["in/a.txt", "a.txt"])
def test_a_manifest_knows_files_by_path_or_name(ending: str, name: str, tmp_path: Path) -> None:
    manifest = read_manifest([written(tmp_path / f"known.{ending}", ROW)])
    text = manifest.add_to(read_bytes(circular().encode(), name), tmp_path / name)
    assert {key: field.value for key, field in text.metadata.items()} == FIELDS
    assert {field.said_by for field in text.metadata.values()} == {"manifest"}


def test_a_short_name_that_two_rows_give_is_nobodys(tmp_path: Path) -> None:
    rows = [ROW, ROW | {"文件": "other/a.txt", "文号": "青档发〔2030〕9号"}]
    path = tmp_path / "known.json"
    path.write_text(json.dumps(rows), "utf8")
    manifest = read_manifest([path])
    text = read_bytes(circular().encode(), "a.txt")
    assert not manifest.add_to(text, tmp_path / "a.txt").metadata
    other = manifest.add_to(read_bytes(circular().encode(), "other/a.txt"), tmp_path / "a.txt")
    assert other.metadata["number"].value == "青档发〔2030〕9号"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("m.json", "[1]", "m.json: item 1: not an object"),
        ("m.json", "{", "m.json:1: not JSON"),
        ("m.jsonl", '{"a": 1}\n[]\n', "m.jsonl:2: not an object"),
        ("m.xlsx", "x", "m.xlsx: a manifest is a"),
    ],
)
def test_a_manifest_that_cannot_be_read(name: str, content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf8")
    with pytest.raises(InputError) as error:
        read_manifest([tmp_path / name])
    assert str(error.value).startswith(said)


def test_a_sidecar_is_weaker_than_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(circular(), "utf8")
    (tmp_path / "a.json").write_text(
        json.dumps({"number": "青档发〔2030〕7号", "issuer": "青石县档案局"}), "utf8"
    )
    text = read(tmp_path / "a.txt")
    alone = Manifest().add_to(text, tmp_path / "a.txt")
    assert (alone.metadata["number"].value, alone.metadata["number"].said_by) == (
        "青档发〔2030〕7号",
        "sidecar",
    )
    both = Manifest({"a.txt": FIELDS}).add_to(text, tmp_path / "a.txt")
    assert both.metadata["number"].value == "青档发〔2030〕8号"
    assert both.metadata["issuer"].value == "青石县档案局"


# the head of a document ---------------------------------------------------------------------------


def head(text: str, **known: str) -> Document:
    manifest = Manifest({"a.txt": known})
    (document,) = documents(manifest.add_to(read_bytes(text.encode(), "a.txt"), Path("a.txt")))
    return document


def test_what_the_text_says_as_well_keeps_its_place() -> None:
    fields = head(circular(), number="青档发[2030]1号", issuer="县档案办公室", date="2030-03-01").fields
    assert fields == head(circular()).fields
    assert fields.contradictions == ()


@pytest.mark.parametrize("own", ["关于做好", "做好"])
def test_a_title_without_its_issuer_is_no_contradiction(own: str) -> None:
    text = circular().replace("关于做好", own)
    before, fields = head(text).fields, head(text, title="关于做好年度归档工作的通知").fields
    assert before.title is not None and fields.title is not None
    assert (fields.title.value, fields.title.span) == ("关于做好年度归档工作的通知", before.title.span)
    assert (fields.issuers, fields.contradictions) == (before.issuers, ())


def test_a_contradiction_is_told_and_the_manifest_wins() -> None:
    fields = head(circular(), number="青档发〔2030〕8号", issuer="青石县水务局").fields
    assert fields.number is not None and (fields.number.value, fields.number.span) == (
        "青档发〔2030〕8号",
        None,
    )
    assert [(issuer.value, issuer.said_by) for issuer in fields.issuers] == [("青石县水务局", "manifest")]
    assert fields.contradictions == (
        "number: the text says 青档发〔2030〕1号, the manifest 青档发〔2030〕8号",
        "issuer: the text says 青石县档案办公室, the manifest 青石县水务局",
    )
    assert fields.said_by() == {"number": "manifest", "issuers": "manifest"}


def test_who_publishes_is_the_issuer_only_where_the_title_names_none() -> None:
    assert head(circular(), publisher="青石县水务局").fields.issuers == head(circular()).fields.issuers
    bare = "各镇人民政府：\n现将有关事项通知如下。\n一、县水务局做好检漏。\n"
    assert [issuer.value for issuer in head(bare, publisher="青石县水务局").fields.issuers] == [
        "青石县水务局"
    ]


def test_the_title_of_a_circular_whose_text_is_only_what_it_issues() -> None:
    plan = "青石县节水方案\n一、总体要求\n加强节水管理。\n二、主要任务\n县水务局负责检漏。\n"
    fields = head(plan, title="青石县人民政府关于印发青石县节水方案的通知").fields
    assert fields.title is not None and fields.title.value == "青石县节水方案"
    assert fields.circular_title is not None and fields.circular_title.said_by == "manifest"


def test_the_day_of_publication_is_not_the_day_of_the_document() -> None:
    fields = head(circular(), published="2030-04-01").fields
    assert fields.date is not None and fields.date.value == "2030-03-01"
    assert fields.published is not None and fields.published.value == "2030-04-01"


def test_a_text_that_shows_nothing_official_is_a_document_where_it_is_known_as_one() -> None:
    document = head("二○三○年\n", title="关于公布名录的通知", number="青政发〔2030〕3号")
    assert document.fields.number is not None


@pytest.mark.slow
def test_a_build_takes_a_manifest_and_tells_encodings(tmp_path: Path, gongbao: Gongbao) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(circular().encode("gb18030"))
    manifest = written(tmp_path / "known.csv", ROW)
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--metadata", manifest, "--strict")
    assert ran.status == 0
    assert "note: 1 text in gb18030" in ran.err
    assert "note: a.txt: number: the text says 青档发〔2030〕1号, the manifest 青档发〔2030〕8号" in ran.err
    (line,) = gongbao("facts", "--store", tmp_path / "store", "--kind", "doc").out.splitlines()
    assert json.loads(line)["number"] == "青档发〔2030〕8号"
    nquads = gongbao("export", "--store", tmp_path / "store").out
    assert '<http://data.europa.eu/eli/ontology#date_publication> "2030-03-09"' in nquads


@pytest.mark.parametrize("built", ["", "a.example", "a.example/t1.txt", ".."])
def test_what_a_fetch_knows_of_its_files_is_found(built: str, tmp_path: Path) -> None:
    folder = tmp_path / "all" / "into"
    file = folder / "a.example" / "t1.txt"
    file.parent.mkdir(parents=True)
    row = {"file": "a.example/t1.txt", "address": "https://a.example/文 1", "requested": "https://b.example/"}
    (folder / "fetched.jsonl").write_text(json.dumps(row) + '\n{"file": "a.exa', "utf8")
    manifest = read_manifest([], [folder / built])
    text = manifest.add_to(read_bytes((circular() + circular(2)).encode(), "t1.txt"), file)
    assert {name: field.value for name, field in text.metadata.items()} == {"address": row["address"]}
    found = documents(text)
    assert [document.fields.number.value for document in found if document.fields.number] == [
        "青档发〔2030〕1号",
        "青档发〔2030〕2号",
    ]
    addresses = [document.fields.address for document in found]
    assert [field.value for field in addresses if field] == ["https://a.example/文%201"] * 2
    assert found[0].fields.said_by() == {"address": "manifest"}


def test_a_given_manifest_wins_over_what_a_fetch_knows(tmp_path: Path) -> None:
    fetched = {"file": "t1.txt", "address": "https://a.example/1"}
    (tmp_path / "fetched.jsonl").write_text(json.dumps(fetched) + "\n", "utf8")
    given = written(tmp_path / "known.json", {"文件": "t1.txt", "网址": "https://a.example/2"})
    manifest = read_manifest([given], [tmp_path])
    text = manifest.add_to(read_bytes(circular().encode(), "t1.txt"), tmp_path / "t1.txt")
    assert text.metadata["address"].value == "https://a.example/2"


@pytest.mark.parametrize(
    "address", ["见附件", "ftp://a.example/", "http://[", "http://", "javascript:alert(1)", "无"]
)
def test_an_address_that_is_none_is_not_taken(address: str, tmp_path: Path) -> None:
    text = read_bytes(circular().encode(), "a.txt")
    manifest = Manifest({"a.txt": {"address": address}})
    assert documents(manifest.add_to(text, tmp_path / "a.txt"))[0].fields.address is None


def test_a_line_of_a_fetch_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "fetched.jsonl").write_text('{"file": "a"}\n{\n', "utf8")
    with pytest.raises(InputError, match=r"fetched.jsonl:2: not JSON"):
        read_manifest([], [tmp_path])
