"""What must hold of a release: its files build, install elsewhere without a network, and work there."""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

import tomllib

from helpers import ROOT, make_environment, offline, run, succeed

SMOKE = ROOT / "tests" / "release_smoke.py"


def version() -> str:
    """The version in pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["version"])


def versions_elsewhere() -> dict[str, str]:
    """The version that other files name, by file; empty where they name none."""
    patterns = {
        "CHANGELOG.md": r"^## (\d+\.\d+\.\d+)",
        "CITATION.cff": r"^version: (\S+)",
        "README.md": r"zh_govner_sm-(\d+\.\d+\.\d+)-",
        "README.zh.md": r"zh_govner_sm-(\d+\.\d+\.\d+)-",
        "docs/models.md": r"^# zh_govner_sm (\S+)",
    }
    found = {}
    for name, pattern in patterns.items():
        match = re.search(pattern, (ROOT / name).read_text("utf8"), re.MULTILINE)
        found[name] = match[1] if match else ""
    return found


def check_release(model: Path, out: Path) -> None:
    """Build package and sources, install package and model in an empty environment, and use them there.

    model (Path): The wheel of the model.
    out (Path): Where the files of the release go.
    RAISES (AssertionError): Something does not hold; it says what.
    """
    for name, other in versions_elsewhere().items():
        assert other == version(), f"{name} names version {other or 'nowhere'}, pyproject.toml {version()}"
    assert f"-{version()}-" in model.name, f"{model.name} is not of version {version()}; run make package"
    shutil.rmtree(out, ignore_errors=True)
    print("building the sources, and the wheel from them")
    succeed(run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, env=offline()))
    shutil.copy(model, out)
    (package,) = out.glob("govner-*.whl")
    with tempfile.TemporaryDirectory() as name:
        elsewhere = Path(name)
        print("installing in an empty environment")
        programs = make_environment(elsewhere / "venv", package, model)
        succeed(run(sys.executable, "-m", "pip", "--python", programs / "python", "check", env=offline()))
        print("using it there")
        shutil.copytree(ROOT / "examples", elsewhere / "examples")
        path = {**offline(), "PATH": f"{programs}:/usr/bin:/bin"}
        used = run(programs / "python", "-I", SMOKE, version(), cwd=elsewhere, env=path, timeout=3600)
        print(succeed(used), end="")
    print(f"files of the release: {', '.join(sorted(path.name for path in out.iterdir()))} in {out}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="wheel of the model")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "release")
    options = parser.parse_args()
    try:
        check_release(options.model, options.out)
    except AssertionError as error:
        sys.exit(f"no release yet: {error}")
