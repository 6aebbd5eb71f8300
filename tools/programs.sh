#!/bin/sh
# The programs that tests look through, on Debian and its kin, as root: those that are missing are
# installed, quietly and with one more try. Elsewhere a line says what will be left out.
set -eu

missing=""
have() { command -v "$1" > /dev/null 2>&1; }
have chromium || have chromium-browser || have google-chrome || missing="$missing chromium"
have soffice || have libreoffice || missing="$missing libreoffice-calc"
{ have fc-list && [ -n "$(fc-list :lang=zh-cn family)" ]; } || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if ! have apt-get || [ "$(id -u)" -ne 0 ]; then
    echo "Not installed, so that tests are left out:$missing (it needs root and apt-get)." >&2
    exit 0
fi

install() {
    # shellcheck disable=SC2086 - a list of names
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --no-install-recommends $missing
}

echo "Installing for the tests:$missing ..."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for pause in 10 0; do
    if install > "$log" 2>&1; then exit 0; fi
    sleep "$pause"
done
tail -n 5 "$log" >&2
echo "Not installed, so that tests are left out:$missing (apt-get failed, see above)." >&2
