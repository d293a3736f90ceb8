"""All verbs of gongbao over the samples, cell by cell: a notebook for editors that know ``# %%``.

It is run in a checkout, where the samples are, and writes a store into the folder ``notebook-store``.
"""

# %% Read a file: the normalised text, into which every offset points
from collections import Counter
from datetime import date
from pathlib import Path

import pandas

import gongbao

samples = Path("ingest/samples")
text = gongbao.read(samples / "04-business-environment-2022.md")
print(text)

# %% Extract: every fact opens the exact characters that state it
facts = gongbao.extract(text)
for fact in facts[:10]:
    print(fact.kind, fact.quote[:20], fact.line)
    assert text.text[fact.start : fact.end] == fact.quote

# %% Facts as records, and these as a table
table = pandas.DataFrame([fact.to_dict() for fact in facts if fact.kind == "target"])
print(table[["line", "indicator", "cmp", "value", "unit", "by"]])

# %% A string will do too
clause = "一、加快整理。2030年底前，完成整理案卷300件以上。（牵头单位：县档案办）"
circular = f"青石县档案办公室关于归档的通知\n\n青档发〔2030〕1号\n\n{clause}\n"
print(Counter(fact.kind for fact in gongbao.extract(circular)))

# %% Build a store: many files, and what the names of bodies mean
report = gongbao.build(samples, "notebook-store")
print(f"{len(report.files)} files, {report.documents} documents, {report.facts} facts")
assert not report.errors

# %% Open it and ask: who does what
store = gongbao.open_store("notebook-store")
print(store)
tasks = pandas.DataFrame(store.ask("agency/tasks", agency="云州市科技局"))
print(tasks[["role", "task_label", "due"]])

# %% Numbers are numbers, days are days, and parameters take them
bodies = pandas.DataFrame(store.ask("agency/load"))
print(bodies.nlargest(5, "tasks")[["name", "tasks", "lead"]])
due = store.ask("task/due", date=date(2022, 10, 1), days=100)
print(f"{len(due)} rows, the first is due on {due[0]['due']:%d %B %Y}")

# %% In one go, where one question is enough
print(gongbao.ask("notebook-store", "document/by-year")[0])

# %% The facts of the whole store, with the bodies that are meant
responsible = pandas.DataFrame(store.facts("resp"))
print(responsible.groupby("role")["agency"].nunique())

# %% What is wrong is said with what would do
try:
    store.ask("agency/task")
except gongbao.UnknownQuestionError as error:
    print(error)

# %% SPARQL, for all that no question asks
print(store.select("SELECT (COUNT(*) AS ?facts) { ?fact <https://w3id.org/gongbao/ontology#place> ?place }"))
