"""Run the examples of a page: Python in one namespace, shell with our command line at hand.

A page's examples run one after another in a directory that looks like a checkout with a trained and installed model.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

from markdown_it import MarkdownIt

from govner.cli import main
from helpers import ROOT

# What a checkout has that examples name, beside what is made for them: the corpus, the trained model and its wheel.
_COPIED = ("configs", "examples", "pyproject.toml", "constraints.txt")
_OUTPUT = "training/output/zh_govner_sm"
# Asks the process that has everything imported to be `govner`, with our standard files and directory.
_SHIM = """\
#!{python} -ISE
import os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    told = [os.getcwd(), *sys.argv[1:]]
    socket.send_fds(server, ["\\0".join(told).encode()], [0, 1, 2])
    server.shutdown(socket.SHUT_WR)
    sys.exit(int(server.recv(16)))
"""


class Block(NamedTuple):
    """A block of code on a page; `line` counts from 1, `is_output` is said of what the block before prints."""

    line: int
    language: str
    text: str
    is_output: bool


def blocks_of(page: Path) -> list[Block]:
    """The blocks of code on a page, in order; one without a fence has no language."""
    blocks = []
    for token in MarkdownIt("commonmark").parse(page.read_text("utf8")):
        if token.type in ("fence", "code_block") and token.map is not None:
            language, _, rest = token.info.partition(" ")
            blocks.append(Block(token.map[0] + 1, language, token.content, 'title="Output"' in rest))
    return blocks


def make_checkout(directory: Path, model: Path, wheel: Path, corpus: Path) -> Path:
    """Make a directory that looks like a checkout after `make package`; returns it."""
    checkout = directory / "checkout"
    (checkout / _OUTPUT).mkdir(parents=True)
    (checkout / _OUTPUT / "model-best").symlink_to(model)
    (checkout / "src").symlink_to(ROOT / "src")
    for name in _COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, checkout / name)
    (checkout / "corpus").mkdir()
    for path in (ROOT / "corpus").iterdir():
        (checkout / "corpus" / path.name).symlink_to(corpus if path.name == "reports" else path)
    (checkout / "dist").mkdir()
    shutil.copy(wheel, checkout / "dist")
    return checkout


def install(wheel: Path, directory: Path) -> Path:
    """Unpack a wheel where Python finds it; returns the directory."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(directory)
    return directory


@contextlib.contextmanager
def command_line(packages: Path) -> Iterator[Path]:
    """Have a program `govner` that starts at once: each call is a fork of a process that has imported everything.

    packages (Path): A directory of packages to import.
    YIELDS (Path): The directory of the program.
    """
    with tempfile.TemporaryDirectory(prefix="govner-") as name:
        programs = Path(name)
        address = str(programs / "socket")
        program = programs / "govner"
        program.write_text(_SHIM.format(python=sys.executable, address=address), "utf8")
        program.chmod(0o755)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(address)
            server.listen()
            child = os.fork()
            if not child:
                _serve(server, packages)
            try:
                yield programs
            finally:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def _serve(server: socket.socket, packages: Path) -> NoReturn:
    try:
        sys.path.insert(0, str(packages))
        while True:
            call, _ = server.accept()
            told, files, _, _ = socket.recv_fds(call, 1 << 16, 3)
            child = os.fork()
            if not child:
                directory, *arguments = told.decode().split("\0")
                _call_main(directory, arguments, files)
            for file in files:
                os.close(file)
            call.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
            call.close()
    finally:
        os._exit(1)


def _call_main(directory: str, arguments: list[str], files: list[int]) -> NoReturn:
    code: object = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf8", closefd=False)  # noqa: SIM115 - open to the end of the process
            for number, mode in enumerate("rww")
        )
        os.chdir(directory)
        sys.argv = ["govner", *arguments]
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def run_blocks(blocks: list[Block], checkout: Path, programs: Path, packages: Path) -> list[str]:
    """Run the examples of a page in a fork of this process, which ends with the first that fails.

    blocks (list[Block]): Those in Python and shell, in order.
    checkout (Path): Where they run.
    programs (Path): A directory of programs to find first.
    packages (Path): A directory of packages to import.
    RETURNS (list[str]): What each printed; an AssertionError says which one failed, and how.
    """
    with tempfile.TemporaryDirectory() as name:
        outputs = [Path(name) / str(number) for number in range(len(blocks))]
        child = os.fork()
        if not child:
            sys.path.insert(0, str(packages))
            os.chdir(checkout)
            # A figure is drawn, not shown.
            os.environ.update(PATH=f"{programs}:{os.environ['PATH']}", MPLBACKEND="agg", COLUMNS="100", NO_COLOR="1")
            os.environ.pop("FORCE_COLOR", None)
            namespace: dict[str, object] = {"__name__": "__main__"}
            for block, path in zip(blocks, outputs, strict=True):
                with path.open("w", encoding="utf8") as output:
                    code = _run_block(block, namespace, output)
                if code:
                    os._exit(code)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        printed = [path.read_text("utf8") for path in outputs if path.exists()]
    assert not code, f"line {blocks[len(printed) - 1].line}:\n{blocks[len(printed) - 1].text}\n{printed[-1]}"
    return printed


def _run_block(block: Block, namespace: dict[str, object], output: IO[str]) -> int:
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    if block.language == "bash":
        return subprocess.run(["bash", "-euo", "pipefail", "-c", block.text], check=False).returncode
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            exec(compile(block.text, f"line {block.line}", "exec"), namespace)
        except BaseException:
            traceback.print_exc()
            return 1
    return 0
