"""Cutoffs in words, canonical JSON, the certificate and the manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from enroll.records import Source
from enroll.report.certificate import certificate_json
from enroll.report.cutoffs import cutoff_text
from enroll.report.json_out import json_bytes
from enroll.report.manifest import manifest_json, read_seal, seal
from enroll.scenario.merging import Change
from enroll.scenario.schema import FileRef, Files
from enroll.version import __version__

from .makers import make_results


@pytest.mark.parametrize(
    ("order", "key", "text"),
    [
        (
            ("group", "sibling", "distance"),
            (1, 1, 812, 9),
            "group=B sibling=no distance=812 lottery=9",
        ),
        (("sibling", "lottery"), (0, 9), "sibling=yes lottery=9"),
        (("points",), (-85, 9), "points=85 lottery=9"),
        (("since",), (17897, 9), "since=2019-01-01 lottery=9"),
        (("since",), (-1, 9), "since=1969-12-31 lottery=9"),
        (("since",), (2**62, 9), "since=none lottery=9"),
        (("group",), (), ""),
    ],
)
def test_a_cutoff_shows_what_the_user_gave(order, key, text) -> None:
    assert cutoff_text(order, key, ("A", "B")) == text


def test_a_cutoff_has_a_value_for_every_key() -> None:
    with pytest.raises(ValueError, match="shorter"):
        cutoff_text(("group", "distance"), (1, 9), ("A", "B"))


def test_json_does_not_depend_on_the_order_of_keys() -> None:
    assert json_bytes({"b": 1, "a": ["学", None]}) == '{"a":["学",null],"b":1}\n'.encode()
    assert json_bytes({"b": 1, "a": 2}, indent=2) == b'{\n  "a": 2,\n  "b": 1\n}\n'


@pytest.mark.parametrize("value", [0.5, [0.5], {"a": (0.5,)}])
def test_json_holds_no_inexact_number(value) -> None:
    with pytest.raises(TypeError, match=r"0\.5"):
        json_bytes(value)


def test_the_certificate_names_schools_groups_and_children() -> None:
    assert json.loads(certificate_json(make_results())) == {
        "format": 1,
        "rounds": [
            {
                "round": "redirect",
                "levels": [
                    {"what": "placed", "group": "B", "value": 1, "prices": {"S2": 1}},
                    {
                        "what": "farthest",
                        "group": None,
                        "value": 4000,
                        "prices": [{"S2": 2}, {"S1": 1}],
                    },
                ],
                "families": [
                    {"kind": "sibling", "applicants": ["A2"], "school_id": "S2"},
                    {"kind": "bundle", "applicants": ["A3"], "school_id": None},
                ],
                "counted": [],
                "family_cost_m": {"B": 150},
                "overloads": [{"schools": ["S2"], "demand": 2, "seats": 1}],
            }
        ],
    }


def test_the_manifest_says_what_made_the_run() -> None:
    results = make_results()
    source = Source("scenario", "tiny.toml", "1" * 64, "utf-8", 0)
    results.scenario.changes = (Change("limits.far_m", 3000, 2000),)
    results.scenario.sources = (source,)
    manifest = json.loads(manifest_json(results))
    assert manifest["format"] == 1
    assert manifest["program"] == {"name": "enroll", "version": __version__}
    assert manifest["scenario"]["name"] == "tiny"
    assert manifest["scenario"]["settings"]["limits"]["far_m"] == 3000
    assert manifest["scenario"]["changes"] == [{"key": "limits.far_m", "old": 3000, "new": 2000}]
    assert manifest["scenario"]["sources"][0]["name"] == "tiny.toml"
    assert manifest["inputs"][0]["sha256"] == "0" * 64
    assert manifest["draw"] == {
        "draw_id": "test-2026-primary",
        "rehearsal": True,
        "commit": "",
    }
    assert manifest["rounds"] == ["zone", "redirect"]


def test_the_manifest_names_inputs_in_one_order() -> None:
    results = make_results()
    sources = tuple(Source(role, "f.csv", "0" * 64, "", 0) for role in ("zones", "schools"))
    inputs = replace(results.inputs, sources=sources)
    swapped = replace(results.inputs, sources=sources[::-1])
    assert manifest_json(replace(results, inputs=inputs)) == manifest_json(
        replace(results, inputs=swapped)
    )


@pytest.mark.parametrize("path", ["/home/clerk/pupils.csv", "C:\\Users\\clerk\\pupils.csv"])
def test_the_manifest_holds_no_path_of_a_machine(path: str) -> None:
    results = make_results()
    file = FileRef.model_construct(path=path, sheet=None, header_row=1)
    files = Files.model_construct(applicants=file)
    results.scenario.settings = results.scenario.settings.model_copy(update={"files": files})
    content = manifest_json(results)
    assert b"clerk" not in content
    assert b'"path": "pupils.csv"' in content


def test_a_seal_is_read_back() -> None:
    files = {"b.csv": b"b", "a/c.csv": b"c"}
    sealed = seal(files)
    assert sealed.startswith(hashlib.sha256(b"c").hexdigest().encode() + b"  a/c.csv\n")
    assert list(read_seal(sealed)) == ["a/c.csv", "b.csv"]
