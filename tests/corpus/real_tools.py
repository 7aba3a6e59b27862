"""Put what we write through the tools themselves, and what they export back: prints a log of each.

make tools, or: python tests/corpus/real_tools.py CORPUS [--brat CHECKOUT] [--only NAME]

Label Studio and doccano are installed in environments of their own under build/tools and run on this machine alone.
brat has no package with its parser, which is taken from a checkout of its repository where one is named.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from govner.corpus.convert import convert_files
from govner.corpus.formats.interfaces import doccano_labels, label_studio_config
from govner.corpus.formats.labels import known_labels
from govner.corpus.formats.registry import FORMATS, read_texts
from govner.corpus.inline import format_report, read_report

TOOLS = Path("build/tools")
# Characters of two and more units, blanks, braces, letters from right to left: what offsets go wrong over.
HARD = (
    "---\nid: hard\nissuer: 青禾县\nsplit: train\n---\n"
    "META\t {AGENCY:𠮷禾县}😀{AGENCY:👩‍🚒局}  报\\{告\\}\\\\ \n"
    "FEES\t　收 {COUNT:5 元}，{CHANNEL:שב}\u200f、e\u0301，{OFFICIAL:林知秋}😀\n"
)


def say(tool: str, text: str) -> None:
    print(f"{tool:<12} {text}", flush=True)


def environment(name: str, *packages: str) -> Path:
    """An environment with some packages, made once; its Python. What stands there already is used as it is."""
    python = TOOLS / name / "bin" / "python"
    if not (TOOLS / name / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLS / name], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *packages], check=True)
        (TOOLS / name / ".ready").touch()
    return python.absolute()


def compare(tool: str, back: Path, name: str, sources: list[Path]) -> None:
    """Convert an export to inline files and compare them with what went in."""
    with tempfile.TemporaryDirectory() as folder:
        result = convert_files([back], Path(folder) / "back", source=FORMATS[name])
        for problem in result.problems:
            say(tool, f"problem: {problem}")
        files = {path.stem: path.read_text("utf8") for path in result.written}
    same = sum(files.get(source.stem) == format_report(read_report(source)) for source in sources)
    say(tool, f"{same} of {len(sources)} reports came back to the byte, {len(result.problems)} problems")
    if same < len(sources):
        FAILED.append(tool)


FAILED: list[str] = []


# spaCy


def try_spacy(sources: list[Path], folder: Path) -> None:
    """`spacy debug data` on .spacy files, `spacy convert` on CoNLL."""
    for split in ("train", "dev"):
        convert_files(sources, folder / f"{split}.spacy", split=None)
    spacy = [sys.executable, "-m", "spacy"]
    config = folder / "config.cfg"
    subprocess.run(
        [*spacy, "init", "config", config, "--lang", "zh", "--pipeline", "ner"], check=True, capture_output=True
    )
    text = config.read_text("utf8")
    config.write_text(text.replace("segmenter = null", "segmenter = char"), "utf8")
    command = [*spacy, "debug", "data", config, "--paths.train", folder / "train.spacy"]
    done = subprocess.run([*command, "--paths.dev", folder / "dev.spacy"], capture_output=True, encoding="utf8")
    for line in done.stdout.splitlines():
        if re.search(r"✔|✘|⚠|docs|label", line):
            say("spacy", f"debug data: {line.strip()}")
    convert_files(sources, folder / "x.conll")
    done = subprocess.run(
        [*spacy, "convert", folder / "x.conll", folder, "--converter", "ner", "--lang", "zh"],
        capture_output=True,
        encoding="utf8",
    )
    say("spacy", f"convert: {done.stdout.strip() or done.stderr.strip()[-200:]}")
    mentions = sum(len(text.mentions) for text in read_texts([folder / "x.spacy"]))
    wanted = sum(len(read_report(source).mentions()) for source in sources)
    say("spacy", f"convert: {mentions} of {wanted} mentions")
    if mentions != wanted or done.returncode:
        FAILED.append("spacy")


# datasets


def try_datasets(sources: list[Path], folder: Path) -> None:
    """`load_dataset` without network, on Parquet and on JSONL."""
    os.environ |= {"HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "cache")}
    from datasets import load_dataset

    for name in ("hf-parquet", "hf-jsonl"):
        convert_files(sources, folder / name, target=FORMATS[name])
        loaded = load_dataset(str(folder / name))
        for split, rows in loaded.items():
            wrong = [
                row["id"]
                for row in rows
                for span in (*row["mentions"], *row["sections"])
                if row["text"][span["start"] : span["end"]] != span["text"]
            ]
            say("datasets", f"{name} {split}: {rows.num_rows} rows, {len(wrong)} passages that are not their text")
            if wrong:
                FAILED.append("datasets")
        say("datasets", f"{name} columns: {', '.join(loaded['train'].column_names)}")
        for split, rows in loaded.items():
            if name == "hf-parquet":
                rows.to_parquet(str(folder / "again" / "data" / f"{split}.parquet"))
    compare("datasets", folder / "again", "hf-parquet", sources)


# Label Studio


@contextmanager
def label_studio(folder: Path) -> Iterator[tuple[http.client.HTTPConnection, dict[str, str]]]:
    """Label Studio on a port of this machine, and the headers of a user who is logged in."""
    python = environment("label-studio", "label-studio")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = {"email": "annotator@example.org", "password": "annotator-of-reports"}
    settings = {
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "LABEL_STUDIO_USERNAME": user["email"],
        "LABEL_STUDIO_PASSWORD": user["password"],
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
    }
    command = [
        python.parent / "label-studio",
        "start",
        "--no-browser",
        "--internal-host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log, cwd=folder)
        try:
            yield log_in(port, user, server)
        finally:
            server.terminate()
            server.wait(30)


def log_in(
    port: int, user: dict[str, str], server: "subprocess.Popen[bytes]"
) -> tuple[http.client.HTTPConnection, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("Label Studio did not start; see its log")
        try:
            connection.request("GET", "/user/login/")
            break
        except OSError:
            connection.close()
            time.sleep(2)
    response = connection.getresponse()
    page = response.read().decode()
    cookies = _cookies(response)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None, "no form to log in with"
    form = urllib.parse.urlencode({**user, "csrfmiddlewaretoken": token[1]})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _join(cookies)}
    connection.request("POST", "/user/login/", form, {**headers, "Referer": f"http://127.0.0.1:{port}/user/login/"})
    response = connection.getresponse()
    response.read()
    cookies |= _cookies(response)
    return connection, {
        "Cookie": _join(cookies),
        "X-CSRFToken": cookies["csrftoken"],
        "Referer": f"http://127.0.0.1:{port}/",
        "Content-Type": "application/json",
    }


def _cookies(response: http.client.HTTPResponse) -> dict[str, str]:
    return dict(line.split(";")[0].split("=", 1) for line in response.msg.get_all("Set-Cookie") or ())


def _join(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def try_label_studio(sources: list[Path], folder: Path) -> None:
    """Make a project with our labelling configuration, import tasks, export them in both forms."""
    convert_files(sources, folder / "tasks.json")
    with label_studio(folder) as (connection, headers):

        def ask(method: str, path: str, body: object = None) -> bytes:
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            content = response.read()
            if response.status >= 300:
                sys.exit(f"{method} {path}: {response.status} {content[:300]!r}")
            return content

        say("label-studio", f"version {json.loads(ask('GET', '/api/version/'))['release']}")
        config = label_studio_config(known_labels())["label-studio.xml"]
        ask("POST", "/api/projects/validate/", {"label_config": config})
        say("label-studio", "labelling configuration is valid")
        project = json.loads(ask("POST", "/api/projects/", {"title": "reports", "label_config": config}))["id"]
        tasks = json.loads((folder / "tasks.json").read_text("utf8"))
        done = json.loads(ask("POST", f"/api/projects/{project}/import", tasks))
        say("label-studio", f"imported {done['task_count']} tasks, {done['annotation_count']} annotations")
        for form in ("JSON", "JSON_MIN"):
            content = ask("GET", f"/api/projects/{project}/export?exportType={form}&download_all_tasks=true")
            (folder / f"{form}.json").write_bytes(content)
            say("label-studio", f"exported {form}, {len(content):,} bytes")
            compare("label-studio", folder / f"{form}.json", "label-studio", sources)


# brat


_BRAT = """
import sys, codecs
from pathlib import Path
sys.path[:0] = [sys.argv[1] + "/server/src", sys.argv[1] + "/server/lib"]
# Newer Pythons have no mode "U"; the files have newlines alone, so that it changes nothing.
opened = codecs.open
codecs.open = lambda name, mode="r", *rest, **named: opened(name, mode.replace("U", ""), *rest, **named)
import annotation
bound = failed = 0
for path in sorted(Path(sys.argv[2]).glob("*.ann")):
    with annotation.TextAnnotations(str(path.with_suffix("")), read_only=True) as found:
        failed += len(found.failed_lines)
        for item in found.get_textbounds():
            bound += item.text == found.get_document_text()[item.first_start():item.last_end()]
print(bound, failed)
# What the server's configuration would say; the parser of the settings only needs it to be there.
import types
folder = sys.argv[2]
sys.modules["config"] = types.SimpleNamespace(BASE_DIR=folder, DATA_DIR=folder, WORK_DIR=folder, DEBUG=False)
import projectconfig
print(*projectconfig.ProjectConfiguration(sys.argv[2]).get_entity_types())
print(*map("=".join, projectconfig.get_kb_shortcuts(sys.argv[2]).items()))
"""


def try_brat(sources: list[Path], folder: Path, checkout: Path) -> None:
    """brat's own parser and its check of each annotation against the text."""
    convert_files(sources, folder / "brat", target=FORMATS["brat"])
    command = [sys.executable, "-c", _BRAT, checkout.absolute(), folder / "brat"]
    done = subprocess.run(command, capture_output=True, encoding="utf8")
    reports = [read_report(source) for source in sources]
    wanted = sum(len(report.mentions()) + len(report.sections()) for report in reports)
    lines = done.stdout.splitlines() or [done.stderr[-500:]]
    say("brat", f"{wanted} annotations written; good, failed lines: {lines[0]}")
    labels = known_labels()
    if lines[0] != f"{wanted} 0" or lines[1:2] != [" ".join((*labels.entity_names, *labels.section_names))]:
        FAILED.append("brat")
    for kind, line in zip(("types", "keys"), lines[1:], strict=False):
        say("brat", f"{kind} of its settings: {line}")
    compare("brat", folder / "brat", "brat", sources)


# doccano


_DOCCANO = """
import json, os, sys
from pathlib import Path
import backend
folder = Path(sys.argv[1])
sys.path.insert(0, str(Path(backend.__file__).parent))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings.development", "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    "DEBUG": "False",
}
import django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
call_command("migrate", verbosity=0)
from data_export.models import ExportedExample
from data_export.pipeline.dataset import Dataset
from data_export.pipeline.factories import create_comment, create_formatter, create_labels, create_writer
from data_export.pipeline.services import ExportApplicationService
from data_import.datasets import SequenceLabelingDataset
from data_import.pipeline.catalog import JSONL
from data_import.pipeline.factories import create_parser
from data_import.pipeline.readers import FileName, Reader
from label_types.serializers import SpanTypeSerializer
from projects.models import ProjectType, SequenceLabelingProject
user = get_user_model().objects.create_user("annotator", password="annotator")
project = SequenceLabelingProject.objects.create(
    name="reports", project_type=ProjectType.SEQUENCE_LABELING, allow_overlapping=True, created_by=user
)
labels = SpanTypeSerializer(data=json.loads((folder / "labels.json").read_text("utf8")), many=True)
labels.is_valid(raise_exception=True)
print(len(labels.save(project=project)), "span types with their colours and keys")
source = str(folder / "in.jsonl")
reader = Reader([FileName(source, source, source)], create_parser(JSONL, encoding="utf_8"))
dataset = SequenceLabelingDataset(reader, project)
dataset.save(user, batch_size=100)
print(len(dataset.errors), "errors of the import")
examples = ExportedExample.objects.filter(project=project).order_by("id")
rows = Dataset(examples, create_labels(project, examples), create_comment(examples))
formatters = create_formatter(project, JSONL.name)
ExportApplicationService(rows, formatters, create_writer(JSONL.name)).export(str(folder / "out.jsonl"))
print(examples.count(), "examples exported")
"""


def try_doccano(sources: list[Path], folder: Path) -> None:
    """doccano's own import into its database, and its own export."""
    python = environment("doccano", "doccano")
    convert_files(sources, folder / "in.doccano.jsonl").written[0].rename(folder / "in.jsonl")
    (folder / "labels.json").write_text(doccano_labels(known_labels())["doccano-labels.json"], "utf8")
    command = [python, "-c", _DOCCANO, folder]
    done = subprocess.run(command, capture_output=True, encoding="utf8", cwd=folder)
    for line in done.stdout.splitlines() or done.stderr.splitlines()[-3:]:
        say("doccano", line)
    if done.returncode:
        FAILED.append("doccano")
    else:
        compare("doccano", folder / "out.jsonl", "doccano", sources)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--brat", type=Path, help="a checkout of brat")
    parser.add_argument("--only", help="only this tool")
    parser.add_argument("--reports", type=int, default=50, help="how many reports to put through")
    arguments = parser.parse_args()
    tries: dict[str, Callable[[list[Path], Path], None]] = {
        "spacy": try_spacy,
        "datasets": try_datasets,
        "label-studio": try_label_studio,
        "doccano": try_doccano,
    }
    if arguments.brat:
        tries["brat"] = lambda sources, folder: try_brat(sources, folder, arguments.brat)
    for name, attempt in tries.items():
        if arguments.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                hard = Path(folder) / "hard.txt"
                hard.write_text(HARD, "utf8")
                attempt([*sorted(arguments.corpus.glob("*.txt"))[: arguments.reports], hard], Path(folder))
    if FAILED:
        sys.exit(f"not as it should be: {', '.join(sorted(set(FAILED)))}")


if __name__ == "__main__":
    main()
