//! The ranking on real alignments must not fall; runs where `../shared` is there.
//!
//! The encoder learned from `onet`, `nice`, `csf` and `cip`, so those floors only tell that the weights are read and used rightly; what it does
//! with what it has not seen is in `model/SCORER_CARD.md`. `mwsu` was never learned from.

use credway_align::{ShippedEngine, benchmark};

mod gold;

/// MRR over all queries of some sets, and how many there are.
#[expect(clippy::print_stderr, reason = "the figures are what a person runs this for")]
fn mean_rank(sets: &[gold::GoldSet]) -> (f64, usize) {
    let (mut sum, mut queries) = (0.0, 0);
    for set in sets {
        let report = benchmark(&set.queries, &set.candidates, &ShippedEngine::plain(), &()).unwrap();
        eprintln!(
            "{}: n {} MRR {:.3} ({:.3}–{:.3}) hit@1 {:.3} hit@5 {:.3} hit@10 {:.3} ECE {:.3}",
            set.name,
            report.n,
            report.mrr,
            report.mrr_low,
            report.mrr_high,
            report.hit1,
            report.hit5,
            report.hit10,
            report.ece_top1
        );
        sum += report.mrr * f64::from(u32::try_from(report.n).unwrap());
        queries += report.n;
    }
    (sum / f64::from(u32::try_from(queries).unwrap()), queries)
}

#[test]
fn real_alignments_are_found_as_well_as_measured() {
    let Some(data) = gold::shared() else {
        eprintln!("skipped: ../shared/data is not there");
        return;
    };
    for (name, sets, least) in [
        ("mwsu", gold::mwsu(&data), 0.53),
        ("nice", vec![gold::nice(&data)], 0.85),
        ("onet", vec![gold::onet(&data, 2_000)], 0.50),
        ("csf", vec![gold::csf(&data)], 0.62),
        ("cip", vec![gold::cip(&data, 1_200)], 0.84),
    ] {
        let (found, queries) = mean_rank(&sets);
        assert!(found >= least, "{name}: MRR {found:.3} over {queries} queries is below {least}");
    }
}
