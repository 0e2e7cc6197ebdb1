#!/bin/sh
# Narrate the example article and serve its player page: demo.sh BIN FOLDER PORT
set -eu
bin=$1 folder=$2 port=$3
voice=${TINGWEN_VOICE:-kokoro}   # or the next embedded one, where it is not installed
here=$(dirname "$0")
mkdir -p "$folder"
"$bin/tingwen" read "$here/article.html" --voice "$voice" \
    -o "$folder/article.mp3" --captions "$folder/article.vtt"

sh "$here/stop.sh" "$folder"
nohup "$bin/tingwen" serve --port "$port" >"$folder/serve.log" 2>&1 </dev/null &
echo $! >"$folder/serve.pid"
"$bin/python" "$here/publish.py" "http://127.0.0.1:$port" "$here/article.html" "$voice" || {
    tail -n 20 "$folder/serve.log" >&2
    exit 1
}
echo "MP3 and captions: $folder/article.mp3 $folder/article.vtt   (make stop ends the page)"
