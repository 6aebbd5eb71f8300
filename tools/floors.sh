#!/bin/sh
# Run the tests with the oldest versions that pyproject.toml promises: `make floors`.
# Slow: it builds an environment of its own, on Python 3.11, the oldest Python promised.
set -eu

venv=.venv-lowest
python=${PYTHON:-python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "make floors needs Python 3.11; name it: make floors PYTHON=/path/to/python3.11" >&2
    exit 1
}
rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/python" tools/lowest.py > "$venv/lowest.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint "$venv/lowest.txt" --editable '.[dev,parquet]'
"$venv/bin/python" -m pytest -n 2 -q
