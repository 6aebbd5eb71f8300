"""The files of a run, made from a small county of `tests.frames`; ways in steps of 50 m."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np

from enroll.explain import read_files
from enroll.lottery.record import records_by_ticket
from enroll.report.audit_files import places_csv
from enroll.report.certificate import certificate_json
from enroll.report.results import Results
from enroll.report.rules_file import rules_json
from enroll.report.run_files import allocation_columns, cutoff_columns
from enroll.tables import csv_bytes


def files_of(county, *rounds, **settings):
    """Return the files of a run of some rounds that reasons are told from."""
    scenario = county.settings(*rounds)
    placement = county.run(*rounds)
    results = Results(
        SimpleNamespace(settings=scenario),
        county.inputs,
        county.ground,
        county.ranking,
        county.seats,
        placement,
        None,
        (),
        (),
    )
    rules = json.loads(
        rules_json(
            county.inputs,
            county.ground,
            county.ranking.groups,
            county.seats,
            county.settings(*rounds),
        )
    )
    _, records = records_by_ticket(county.inputs, county.ground, county.ranking)
    manifest = {
        "draw": {"commit": "", "draw_id": "test-2026-primary", "rehearsal": True},
        "format": 1,
        "scenario": {"settings": {"language": "en", **settings}},
    }
    return {
        "manifest.json": json.dumps(manifest).encode(),
        "allocation.csv": _csv(allocation_columns(results)),
        "cutoffs.csv": _csv(cutoff_columns(results)),
        "certificate.json": certificate_json(results),
        "audit/rules.json": json.dumps(
            {
                **rules,
                "mode": "matrix",
                "policy": list(settings.get("group", ())),
                "ways_by": "applicant",
            }
        ).encode(),
        "audit/records.jsonl": b"".join(
            b'{"record":%b,"salt":""}\n' % record for record in records
        ),
        "audit/places.csv": places_csv(results),
        "audit/ways.csv": _ways(county),
    }


def run_of(county, *rounds, **settings):
    """Return the same, read."""
    return read_files(files_of(county, *rounds, **settings))


def _ways(county):
    children, schools = county.inputs.applicants.applicant_id, county.inputs.schools.school_id
    ways = county.ground.ways.rows(np.arange(len(children)))
    child, school = np.nonzero(ways >= 0)
    return csv_bytes(
        ["key", "school_id", "metres"],
        [children[child], schools[school], ways[child, school].astype(np.int64)],
    )


def _csv(columns):
    return csv_bytes(list(columns), list(columns.values()))
