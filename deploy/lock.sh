#!/bin/sh
# Write deploy/requirements.lock: what the image installs, each package by version and hash, for
# Linux and the image's Python. `uv` makes it (`pip install uv`). Run it when pyproject.toml
# changes, and when `make audit` finds a hole.
set -eu
cd "$(dirname "$0")/.."
echo 'hatchling>=1.25
hatch-fancy-pypi-readme>=24.1' > deploy/requirements.build
uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header \
    --python-version 3.13 --python-platform x86_64-manylinux_2_28 --extra cluster \
    --output-file deploy/requirements.lock pyproject.toml deploy/requirements.build
rm deploy/requirements.build
