#!/usr/bin/env bash
# Makes or refreshes .venv from requirements.lock and installs the given workspace members in place.
# Nothing is installed outside .venv. Where uv is missing, the locked uv is brought into .venv by pip first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if is_new_enough "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  echo "make setup: Python 3.11 or newer is needed; found $(python3 --version 2>&1 || echo none)." >&2
  echo "Install one, or name it: make setup PYTHON=/path/to/python3.12" >&2
  return 1
}

make_environment() {
  local python
  python=$(find_python)
  rm -rf .venv
  if uv --version >/dev/null 2>&1; then
    uv venv --quiet --no-python-downloads --python "$(command -v "$python")" .venv
  elif ! "$python" -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    echo "make setup: $python cannot make a virtual environment: its ensurepip is missing." >&2
    echo "On Debian and Ubuntu: apt-get install python3-venv. Anywhere: install uv. Then run make setup again." >&2
    return 1
  fi
}

bring_uv() {
  sed -n '/^uv==/,/[^\\]$/p' requirements.lock >.venv/uv.txt
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.txt
}

is_new_enough .venv/bin/python || make_environment
if uv --version >/dev/null 2>&1; then uv=uv; else uv=.venv/bin/uv; fi
"$uv" --version >/dev/null 2>&1 || bring_uv

export VIRTUAL_ENV=$PWD/.venv
# Compiled here once, rather than at every start where the environment forbids Python to write bytecode.
"$uv" pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
"$uv" pip install --quiet --no-deps --no-build-isolation $(printf -- '-e ./%s ' "$@")
.venv/bin/python -m compileall -q $(printf '%s/src ' "$@")
