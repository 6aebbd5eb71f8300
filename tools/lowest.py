"""Print the lower bound of every dependency that runs in production, as pip constraints.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"

_BOUND = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)")


def lowest(project: Path = PROJECT) -> list[str]:
    """Return `name==version` for every dependency of users: required ones and extras.

    Raises
    ------
    ValueError
        Where a dependency names no lower bound.
    """
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    extras = table["optional-dependencies"]
    wanted = [*table["dependencies"]]
    for name in sorted(extras):
        wanted += extras[name] if name not in {"dev", "docs"} else []
    pins = []
    for requirement in wanted:
        match = _BOUND.fullmatch(requirement)
        if match is None:
            raise ValueError(requirement)
        pins.append(f"{match[1]}=={match[2]}")
    return sorted(set(pins))


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest()) + "\n")
