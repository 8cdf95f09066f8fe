#!/usr/bin/env bash
# Makes crates/align/model/scorer.toml and SCORER_CARD.md from the development gold sets and the static table.
# Usage: tools/scorer/train.sh [--work DIR]      Needs Rust, Python 3.11 or later, PyPI, and ../shared; about a minute.
# Run it after tools/alignment/distil.sh: the scorer belongs to the table it was fitted with.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TMPDIR:-/tmp}/credway-scorer
while [ $# -gt 0 ]; do
  case $1 in
    --work) work=$2 ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
export PYTHONHASHSEED=0 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PIP_DISABLE_PIP_VERSION_CHECK=1
mkdir -p "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-deps -r "$here/requirements.txt"
cd "$root"
export PYTHONDONTWRITEBYTECODE=1
features() { cargo run --release --quiet -p credway-align --example pair_features -- "$@"; }
features features "$work/features.tsv"
"$work/venv/bin/python" "$here/train.py" --features "$work/features.tsv" --out "$root/crates/align/model"
# The crosswalk is calibrated on the log odds of the scorer just written.
features crosswalk "$work/crosswalk.tsv"
"$work/venv/bin/python" "$here/crosswalk.py" --odds "$work/crosswalk.tsv" --out "$root/crates/align/model"
