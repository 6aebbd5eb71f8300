#!/bin/sh
# Make a virtual environment with the first Python that is new enough: tools/venv.sh FOLDER
set -eu

for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -m venv "$1"
    fi
done
echo "enroll needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python" >&2
exit 1
