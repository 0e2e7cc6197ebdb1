#!/bin/sh
# The programs that the tests judge the audio and the pages with. Installs what is missing,
# where this is Debian or Ubuntu; elsewhere it says what to install.
set -eu
missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need chromium chromium
need ffmpeg ffmpeg
need firefox-esr firefox-esr
need mp3val mp3val
need mount mount
need mpg123 mpg123
need nginx nginx-light
need redis-server redis-server
need unshare util-linux
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "the tests need these programs, please install them:$missing" >&2
    exit 1
fi
root=""
[ "$(id -u)" -eq 0 ] || root="sudo"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends $missing fonts-noto-cjk >/dev/null
