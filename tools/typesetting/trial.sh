#!/bin/sh
# Imports a document and compares: trial.sh CREDWAY COURSES.json DOCUMENT [compare's options]
set -eu
credway=$1 courses=$2 document=$3; shift 3
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
"$credway" --db "sqlite:$folder/t.db" --json import catalogue "$document" --accept record.duplicate --accept requisite.cycle --into Trial >"$folder/answer.json" || true
python3 - "$folder/answer.json" <<'P'
import json, sys, collections
answer = json.load(open(sys.argv[1]))
print(answer.get("records"), dict(collections.Counter((f["severity"], f["code"]) for f in answer.get("findings", []))), answer.get("error", ""))
for finding in [f for f in answer.get("findings", []) if f["severity"] == "error"][:6]: print("  ", finding["code"], finding["place"], finding["message"][:200])
P
"$credway" --db "sqlite:$folder/t.db" export courses Trial --out "$folder/read.csv" >/dev/null
python3 "$(dirname "$0")/compare.py" "$courses" "$folder/read.csv" "$@"
