"""What a notebook sees: the names of the library, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest

import enroll


def test_every_name_of_the_face_is_there() -> None:
    assert all(hasattr(enroll, name) for name in enroll.__all__)
    with pytest.raises(AttributeError, match="no_such"):
        _ = enroll.no_such


@pytest.mark.parametrize(
    "before",
    [
        "",
        "import enroll.allocate",
        "from enroll.allocate import run_rounds",
        "import enroll.office",
    ],
)
def test_a_room_never_takes_the_place_of_a_job(before: str) -> None:
    """A package with the name of a function would, once it is imported."""
    script = (
        f"{before}\nimport enroll, types\nassert isinstance(enroll.allocate, types.FunctionType)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603 - our own script
    assert not isinstance(enroll.allocate, type(sys))


def test_the_rooms_are_still_found() -> None:
    from enroll.allocate import run_rounds

    assert callable(run_rounds)
