#!/bin/sh
# Stop the page that demo.sh serves: stop.sh FOLDER
set -eu
if [ -f "$1/serve.pid" ]; then
    kill "$(cat "$1/serve.pid")" 2>/dev/null || true
    rm -f "$1/serve.pid"
fi
