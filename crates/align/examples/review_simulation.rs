//! How many looks a review takes until 80 % of the true pairs are found: most useful first, by probability, and in the
//! order of the catalogue. The reviewer is the gold: whatever it holds is accepted, the rest rejected.
//!
//! Usage: `review_simulation [per_target per_statement]`: how many candidates a crosswalk keeps (12 and 3 when left out,
//! as in the product). One crosswalk for each standard and kind of the development part of MWSU. Measured on only.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use credway_align::{
    Engine, LabelledStatement, Limits, ReviewedPair, ShippedEngine, Statement, WaitingPair, most_useful_first,
};

#[path = "../tests/gold/mod.rs"]
#[expect(dead_code, reason = "only one of the sets is used here")]
mod gold;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A crosswalk to review, in the order of the catalogue.
struct Review {
    name: String,
    pairs: Vec<WaitingPair>,
    right: BTreeSet<(usize, usize)>,
}

fn main() -> Outcome<()> {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|one| one.parse()).collect::<Result<_, _>>()?;
    let limits = match numbers.as_slice() {
        [] => Limits { per_target: 12, per_statement: 3 },
        [per_target, per_statement] => Limits { per_target: *per_target, per_statement: *per_statement },
        _ => return Err("give two numbers or none".into()),
    };
    let data = gold::shared().ok_or("the folder shared/data is not there")?;
    let courses = courses(&data.join("gold/mwsu_dev.tsv"))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "set\tpairs to look at\ttrue pairs\tamong the candidates\tgoal\tuseful\tprobability\tcatalogue")?;
    let mut sums = [0_usize; 7];
    for set in gold::mwsu(&data) {
        let review = review(&set.name, &set.queries, &set.candidates, &courses, limits)?;
        let kept = review.pairs.iter().filter(|pair| review.is_right(pair)).count();
        let goal = (kept * 4).div_ceil(5);
        let looks = [review.useful(goal), review.by_probability(goal), review.by_catalogue(goal)];
        let row = [review.pairs.len(), review.right.len(), kept, goal, looks[0], looks[1], looks[2]];
        write_row(&mut out, &review.name, &row)?;
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
    write_row(&mut out, "together", &sums)
}

fn write_row(out: &mut impl Write, name: &str, row: &[usize]) -> Outcome<()> {
    let cells: Vec<String> = row.iter().map(usize::to_string).collect();
    Ok(writeln!(out, "{name}\t{}", cells.join("\t"))?)
}

/// The course of each statement, by its words and the topic above it.
fn courses(file: &std::path::Path) -> Outcome<BTreeMap<(String, String), String>> {
    let text = std::fs::read_to_string(file)?;
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| names.iter().position(|one| *one == name).ok_or("a column is missing");
    let (course, words, path) = (column("course")?, column("course_text")?, column("course_topic_path")?);
    let mut found = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let topic = cells[path].rsplit(" > ").next().unwrap_or_default();
        found.entry((cells[words].to_owned(), topic.to_owned())).or_insert_with(|| cells[course].to_owned());
    }
    Ok(found)
}

fn review(
    name: &str,
    queries: &[LabelledStatement],
    targets: &[Statement],
    courses: &BTreeMap<(String, String), String>,
    limits: Limits,
) -> Outcome<Review> {
    let course = |query: &LabelledStatement| {
        let key = (query.statement.text.clone(), query.statement.context.clone());
        courses.get(&key).cloned().unwrap_or_default()
    };
    // A catalogue stands in order of its courses.
    let mut ordered: Vec<(String, &LabelledStatement)> = queries.iter().map(|query| (course(query), query)).collect();
    ordered.sort_by(|one, other| one.0.cmp(&other.0));
    let statements: Vec<Statement> = ordered.iter().map(|(_, query)| query.statement.clone()).collect();
    let names: Vec<&str> = ordered.iter().map(|(course, _)| course.as_str()).collect();
    let candidates = ShippedEngine::plain().crosswalk(&statements, targets, limits, &())?;
    let mut pairs: Vec<WaitingPair> = candidates
        .iter()
        .map(|one| WaitingPair {
            statement: one.query,
            course: names.iter().position(|name| *name == names[one.query]).unwrap_or(one.query),
            target: one.target,
            probability: one.probability.value(),
        })
        .collect();
    pairs.sort_by_key(|pair| (pair.statement, pair.target));
    let right = ordered.iter().enumerate().flat_map(|(at, (_, query))| query.gold.iter().map(move |gold| (at, *gold)));
    Ok(Review { name: name.to_owned(), pairs, right: right.collect() })
}

impl Review {
    fn is_right(&self, pair: &WaitingPair) -> bool {
        self.right.contains(&(pair.statement, pair.target))
    }

    /// Looks until the goal when the pairs come in this order.
    fn in_order<'a>(&self, order: impl IntoIterator<Item = &'a WaitingPair>, goal: usize) -> usize {
        let (mut looks, mut found) = (0, 0);
        for pair in order {
            if found == goal {
                break;
            }
            looks += 1;
            found += usize::from(self.is_right(pair));
        }
        looks
    }

    fn by_catalogue(&self, goal: usize) -> usize {
        self.in_order(&self.pairs, goal)
    }

    fn by_probability(&self, goal: usize) -> usize {
        let mut order: Vec<&WaitingPair> = self.pairs.iter().collect();
        order.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        self.in_order(order, goal)
    }

    fn useful(&self, goal: usize) -> usize {
        let (mut waiting, mut said, mut found) = (self.pairs.clone(), Vec::new(), 0);
        while found < goal && !waiting.is_empty() {
            let pair = waiting.remove(most_useful_first(&waiting, &said)[0]);
            let accepted = self.is_right(&pair);
            found += usize::from(accepted);
            said.push(ReviewedPair { pair, accepted });
        }
        said.len()
    }
}
