"""The command line: help, options, exit statuses, what goes to which stream."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib.metadata import version as version_of
from pathlib import Path

import pytest

from ingest.store import current
from queries.facts import KINDS
from queries.library import questions
from tests.conftest import COMMAND, SAMPLES, Gongbao, circular, installed

COMMANDS = {
    "build": (
        *("--store", "--strict", "--keep", "--base", "--check", "--registry", "--metadata", "--watch"),
        *("--workers", "--reuse", "--originals", "--ocr"),
    ),
    "fetch": ("--into", "--profile", "--lists", "--pages", "--interval"),
    "facts": ("--store", "--kind"),
    "export": ("--store", "--format", "--output"),
    "check": ("--store", "--full"),
    "info": ("--store",),
    "diff": ("--store", "--format"),
    "unresolved": ("--store", "--format"),
    "queries": ("--format",),
    "query": ("--store", "--parameter", "--format", "--lang"),
    "search": ("--store", "--kind", "--agency", "--type", "--year", "--page", "--format"),
    "reason": ("--store",),
    "serve": (
        *("--store", "--host", "--port", "--token-file", "--seconds", "--rows", "--size"),
        *("--workers", "--requests", "--memory", "--kept"),
    ),
    "browse": ("--store", "--endpoint", "--host", "--port"),
    "demo": ("--store", "--browse", "--port", "--serve-port"),
    "synth": ("--into", "--seed"),
}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line as wide as tables need, and no colours asked for by the surroundings."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.txt").write_text(circular(), "utf8")
    return made


# help --------------------------------------------------------------------------------------------


def test_help_names_every_command(gongbao: Gongbao) -> None:
    ran = gongbao("--help")
    assert (ran.status, ran.err) == (0, "")
    listed = re.findall(r"^│ ([a-z]+) {2,}", ran.out, re.MULTILINE)
    assert listed == list(COMMANDS)
    assert "Government circulars as a knowledge graph" in ran.out


def test_only_a_build_loads_what_reads_and_extracts() -> None:
    """Every command and every process of the endpoint starts without the patterns and their libraries."""
    code = (
        "import sys, app.commands.root, app.serve.server, app.serve.isolation.forkserver\n"
        "print([name for name in ('ingest.read', 'ingest.pattern', 'cn2an') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str, gongbao: Gongbao) -> None:
    ran = gongbao(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert re.search(rf"^ Usage: gongbao {command} ", ran.out, re.MULTILINE)
    options = set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", ran.out))
    assert options >= {*COMMANDS[command], "--help"}


def test_the_version(gongbao: Gongbao) -> None:
    ran = gongbao("--version")
    assert (ran.status, ran.out, ran.err) == (0, f"gongbao {version_of('gongbao')}\n", "")


def test_no_command_shows_the_help(gongbao: Gongbao) -> None:
    ran = gongbao()
    assert ran.status == 2
    assert re.findall(r"^│ ([a-z]+) {2,}", ran.out + ran.err, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nope",), "No such command 'nope'"),
        (("facts",), "Missing option '--store'"),
        (("build", "--store", "s"), "Missing argument"),
        (("facts", "--store", "{samples}", "--kind", "resp", "--kind", "duty"), "duty: known are doc, resp,"),
        (("export", "--store", "{samples}", "--format", "rdf"), "rdf: known are nq, ttl, trig"),
        (("build", "x.txt", "--store", "s", "--keep", "-1"), "Invalid value for '--keep'"),
        (("serve", "--store", "{samples}", "--port", "70000"), "Invalid value for '--port'"),
        (("serve", "--store", "{samples}", "--workers", "0"), "Invalid value for '--workers'"),
        (("info", "--store", "{samples}", "--nope"), "No such option: --nope"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], message: str, samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao(*(argument.format(samples=samples_store) for argument in arguments))
    assert ran.status == 2
    assert ran.out == ""
    assert message in " ".join(ran.err.replace("│", " ").split())
    assert "Traceback" not in ran.err


@pytest.mark.check
def test_the_installed_command_has_the_same_exit_status(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    store = tmp_path / "store"
    ran = installed("build", folder, tmp_path / "empty.txt", "--store", store, "--no-check")
    assert (ran.status, ran.out) == (2, "")
    assert "failed: empty.txt: the file is empty" in ran.err.splitlines()
    assert "Traceback" not in ran.err


# build -------------------------------------------------------------------------------------------


@pytest.mark.check
def test_plain_lines_where_standard_error_is_no_terminal(tmp_path: Path, gongbao: Gongbao) -> None:
    ran = gongbao("build", SAMPLES, "--store", tmp_path / "store", "--no-check")
    assert (ran.status, ran.out) == (0, "")
    names = sorted(path.name for path in SAMPLES.iterdir() if path.name[0].isdigit())
    *lines, last = ran.err.splitlines()
    assert lines == [f"[{place}/10] {name}" for place, name in enumerate(names, 1)]
    assert re.fullmatch(
        rf"10 files, 13 documents, \d+ facts, \d+ quads → version {current(tmp_path / 'store').id}", last
    )
    assert "\x1b" not in ran.err


def test_a_long_name_is_one_plain_line(
    tmp_path: Path, gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    name = "二〇三〇年/" + "档案工作" * 12 + " 第一号.txt"
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_text(circular(), "utf8")
    ran = gongbao("build", tmp_path / "in", "--store", tmp_path / "store", "--no-check")
    assert ran.err.splitlines()[0] == f"[1/1] {name}"


@pytest.mark.check
def test_a_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    terminal, other_end = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "build", folder, "--store", tmp_path / "store", "--no-check"],
        stderr=other_end,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(other_end)
    seen = bytearray()
    while True:
        try:
            some = os.read(terminal, 4096)
        except OSError:  # the other end is closed: Linux says EIO
            break
        if not some:
            break
        seen += some
    os.close(terminal)
    assert process.communicate()[0] == b""
    assert process.returncode == 0
    text = seen.decode("utf8").replace("\r", "\n")
    assert "━" in text
    assert "\x1b[" in text
    assert "[1/1] good.txt" not in text
    assert re.search(r"^1 files?, 1 documents?, ", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text), re.MULTILINE)


def test_check_is_on_unless_told_otherwise(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (folder / "good.txt").write_text(circular().replace("300件以上", "20至10件"), "utf8")
    assert "shape violated: good.txt:9: " in gongbao("build", folder, "--store", tmp_path / "a").err
    assert "shape violated" not in gongbao("build", folder, "--store", tmp_path / "b", "--no-check").err


# facts -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def facts(samples_facts: str) -> list[str]:
    return samples_facts.splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_facts_of_one_kind(kind: str, facts: list[str], samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("facts", "--store", samples_store, "--kind", kind)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [line for line in facts if json.loads(line)["kind"] == kind] != []


def test_facts_of_two_kinds(facts: list[str], samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("facts", "--store", samples_store, "--kind", "norm", "--kind", "doc")
    assert ran.out.splitlines() == [line for line in facts if json.loads(line)["kind"] in ("doc", "norm")]


def test_facts_are_in_chinese_not_in_escapes(facts: list[str]) -> None:
    assert "云州市科学技术局" in facts[0]
    assert not any("\\u" in line for line in facts)


# info --------------------------------------------------------------------------------------------


def counts(out: str) -> dict[str, int]:
    rows = re.findall(r"^│ ([a-z -]+?) *│ *(\d+) │$", out, re.MULTILINE)
    return {name: int(number) for name, number in rows}


def test_info_counts_what_facts_print(facts: list[str], samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("info", "--store", samples_store)
    assert (ran.status, ran.err) == (0, "")
    told = counts(ran.out)
    records = [json.loads(line) for line in facts]
    kinds = Counter(record["kind"] for record in records)
    assert (told["files"], told["documents"], told["legal resources"]) == (10, kinds["doc"], 23)
    assert kinds["doc"] == 13
    assert [told[name] for name in ("responsibilities", "targets", "deadlines", "references")] == [
        kinds[kind] for kind in ("resp", "target", "deadline", "ref")
    ]
    assert told["internal references"] == kinds["iref"]
    modalities = Counter(record["modality"] for record in records if record["kind"] == "norm")
    assert {name: told[f"{name}s"] for name in modalities} == modalities
    assert told["tasks"] == len({record["task"] for record in records if record["kind"] == "resp"})
    responsible = [record for record in records if record["kind"] == "resp"]
    issuers = [name for record in records if record["kind"] == "doc" for name in record["issuers"]]
    assert told["mentions of bodies"] > len(responsible) + len(issuers)
    left = sum(record["agency"] is None for record in responsible)
    assert left <= told["mentions of bodies not resolved"] <= 0.03 * told["mentions of bodies"]
    cited = {record["cited"]["iri"] for record in records if record["kind"] == "ref"}
    assert len(cited) > told["cited documents not in the store"] > 0
    assert f"version {current(samples_store).id}" in ran.out
    assert f"* {current(samples_store).id}" in [line.rstrip() for line in ran.out.splitlines()]


# demo and reason ---------------------------------------------------------------------------------


def test_demo(tmp_path: Path, gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = gongbao("demo", "--no-browse")
    assert ran.status == 0
    assert "10 files, 13 documents" in ran.err
    assert "failed" not in ran.err
    assert "shape violated" not in ran.err
    assert current(tmp_path / "demo-store").manifest()["documents"] == 13
    (row,) = (line for line in ran.out.splitlines() if "建设新型网络设施" in line)
    cells = [cell.strip() for cell in row.strip("│┃").split("│")]
    assert cells[:2] == ["建设新型网络设施", "云州市工业和信息化局"]
    assert sorted(cells[2].split(", ")) == ["2021-12-31", "2022-06-30"]
    assert cells[3] == "完成200个老旧小区光纤改造"
    assert cells[4] == "02-digital-economy-2021.txt:39"
    assert gongbao("facts", "--store", "demo-store", "--kind", "doc").out.count("\n") == 13


@pytest.mark.check
@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs java on the PATH")
def test_reason_over_the_ontology_and_a_store(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    ran = gongbao("reason", "--store", store)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == ["consistent", "every class can have members"]


def test_reason_says_where_java_is_missing(gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ran = gongbao("reason")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("gongbao: the reasoner HermiT needs Java, and no `java` was found on the PATH.")
    assert "Traceback" not in ran.err


# a reader that leaves ----------------------------------------------------------------------------


@pytest.mark.check
def test_a_closed_pipe_is_no_error(samples_store: Path) -> None:
    wanted = {
        "facts": ("head -n 1", '{"kind": "doc", "file": "01-expert-pool-2021.txt", "line": 1, '),
        "export --format trig": ("head -n 1", "@prefix "),
        "info": ("true", ""),
    }
    running = {
        command: subprocess.Popen(
            ["/bin/sh", "-c", f'"$1" {command} --store "$2" | {reader}', "sh", COMMAND, samples_store],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf8",
        )
        for command, (reader, _) in wanted.items()
    }
    for command, process in running.items():
        out, err = process.communicate(timeout=30)
        assert err == "", command
        assert out.startswith(wanted[command][1])
        assert out.count("\n") == (1 if wanted[command][1] else 0)


# queries and query -------------------------------------------------------------------------------


def test_queries_lists_every_question(gongbao: Gongbao) -> None:
    ran = gongbao("queries", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    listed = {one["name"]: one for one in json.loads(ran.out)}
    assert list(listed) == [question.name for question in questions()]
    tasks = listed["agency/tasks"]
    assert tasks["title"]["en"] == "Tasks of a body"
    assert [one["name"] for one in tasks["parameters"]][:2] == ["agency", "role"]
    assert tasks["parameters"][1]["choices"] == ["lead", "responsible", "cooperate"]
    assert tasks["columns"][1] == {
        "name": "task",
        "zh": "任务",
        "en": "task",
        "show": "task",
        "label": "task_label",
    }
    table = gongbao("queries").out
    assert all(name in table for name in listed)


def test_query_in_four_forms(samples_store: Path, gongbao: Gongbao) -> None:
    asked = ("query", "agency/load", "--store", samples_store, "-p", "agency=云州市科技局", "--format")
    base = "https://w3id.org/gongbao/id/org/"
    body = f"{base}云州市科学技术局"
    ran = gongbao(*asked, "csv")
    assert (ran.status, ran.err) == (0, "1 row\n")
    assert ran.out.splitlines() == [
        "body,name,tasks,lead,responsible,cooperate,timed,measured",
        f"{body},云州市科学技术局,11,2,9,0,5,0",
    ]
    (record,) = json.loads(gongbao(*asked, "json").out)
    assert (record["body"], record["tasks"], record["cooperate"]) == (body, 11, 0)
    assert gongbao(*asked, "md").out.splitlines() == [
        "| 机构 | 任务数 | 牵头 | 责任 | 配合 | 有时限 | 有目标 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        f"| [云州市科学技术局](<{body}>) | 11 | 2 | 9 | 0 | 5 | 0 |",
    ]
    table = gongbao(*asked, "table", "--lang", "en").out
    assert re.search(r"body +┃ tasks ┃ lead ┃", table)
    assert re.search(r"│ 云州市科学技术局 │ +11 │ +2 │ +9 │", table)
    assert base not in table


def test_query_without_rows(samples_store: Path, gongbao: Gongbao) -> None:
    asked = ("query", "agency/load", "--store", samples_store, "-p", "agency=火星科技局", "--format")
    assert gongbao(*asked, "json").out == "[]\n"
    assert gongbao(*asked, "csv").out.count("\n") == 1
    assert gongbao(*asked, "md").err == "0 rows\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("agency/task",), "there is no question agency/task; nearest: agency/tasks"),
        (("facts/resp",), "there is no question facts/resp"),
        (("agency/tasks",), "agency/tasks: parameter agency: missing; an example: 云州市科技创新局"),
        (("agency/tasks", "-p", "body=x"), "parameter body: not known; known are agency, role, with_"),
        (("agency/load", "-p", "agency="), "parameter agency: empty; an example: 云州市科技创新局"),
        (("agency/load", "-p", "agency"), "parameter agency: a value is missing; write key=value"),
        (("agency/load", "-p", "agency=x", "-p", "agency=y"), "parameter agency: given twice"),
        (("task/due", "-p", "date=2022"), "parameter date: '2022' is no date; an example: 2022-10-01"),
        (("agency/load", "--format", "xml"), "xml: known are table, csv, json, md"),
        (("agency/load", "--lang", "fr"), "fr: known are zh, en"),
    ],
)
def test_query_asked_wrongly(
    arguments: tuple[str, ...], message: str, samples_store: Path, gongbao: Gongbao
) -> None:
    ran = gongbao("query", *arguments, "--store", samples_store)
    assert (ran.status, ran.out) == (2, "")
    assert message in " ".join(ran.err.replace("│", " ").split())
    assert "Traceback" not in ran.err
