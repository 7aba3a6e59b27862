"""Build the wheel of a trained pipeline: spaCy writes the package, setuptools builds it, without the network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from spacy.cli.package import package as write_package

from govner.errors import InputError
from govner.text.files import read_text
from govner.training.description import REQUIREMENT

# An image of a Markdown text, on a line of its own.
_IMAGE: Final = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)
# What `govner evaluate --output` writes beside the scores of all reports.
_PARTS: Final = ("breakdown", "confusion", "comparison")


def build_wheel(model: Path, out: Path, scores: Path | None = None, card: Path | None = None) -> Path:
    """Build the wheel of a pipeline.

    model (Path): Directory of a trained pipeline.
    out (Path): Directory for the wheel, made if need be.
    scores (Path | None): JSON that `govner evaluate --output` wrote; its scores are put into the wheel's `meta.json`
        as `evaluation`.
    card (Path | None): Model card; its text, without images, is put into `meta.json` as `notes`, and into the README.
    RETURNS (Path): The wheel.
    RAISES (InputError): There is no pipeline, the scores are no JSON, a build tool is missing, or `out` cannot be
        written.
    """
    meta_path = model / "meta.json"
    if not meta_path.is_file():
        raise InputError("is not a trained pipeline (no meta.json); train one with `govner train`", model)
    for tool in ("build", "setuptools", "wheel"):
        try:
            version(tool)
        except PackageNotFoundError:
            raise InputError(f"building a wheel needs {tool}; pip install 'govner[package]'") from None
    meta: dict[str, Any] = json.loads(meta_path.read_text("utf8"))
    if not any(requirement.startswith("govner") for requirement in meta.setdefault("requirements", [])):
        meta["requirements"].append(REQUIREMENT)
    if scores is not None:
        try:
            found = json.loads(read_text(scores))
        except json.JSONDecodeError as error:
            raise InputError("is not JSON; write it with `govner evaluate --output`", scores, error.lineno) from None
        if not isinstance(found, dict):
            raise InputError("holds no scores; write it with `govner evaluate --output`", scores)
        # Metadata are printed and loaded with the model: scores of parts stay in the file.
        meta["evaluation"] = {key: value for key, value in found.items() if key not in _PARTS}
    if card is not None:
        meta["notes"] = _IMAGE.sub("", read_text(card))
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        (work / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2), "utf8")
        write_package(model, work, meta_path=work / "meta.json", create_sdist=False, silent=True)
        source = next(path for path in work.iterdir() if path.is_dir())
        # Without isolation nothing is fetched; what the build needs is already installed.
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = sorted((source / "dist").glob("*.whl"))
        if done.returncode or not wheels:
            reason = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise InputError(f"the wheel could not be built: {' '.join(reason)}", model)
        try:
            out.mkdir(parents=True, exist_ok=True)
            return Path(shutil.copy(wheels[0], out))
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror}); choose another --out", out) from None
