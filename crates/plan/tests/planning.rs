//! The planner on the public instances under `../shared`: proved optima, plans that the checker accepts, mutations that it
//! does not, a conflict that is minimal, balanced curricula. Runs where `../shared` is there.

use std::path::{Path, PathBuf};

use credway_plan::bacp::{balance, read_bacp};
use credway_plan::pathway::{
    Answer, Change, Plan, Problem, Rule, Stage, Values, Watch, check, conflict, loosening_sentence, loosenings, plan,
    read_instance, sentence, tag, ways_out,
};

struct Nobody {
    cancelled: bool,
}

impl Watch for Nobody {
    fn cpu_seconds(&mut self) -> f64 {
        0.0
    }

    fn cancelled(&self) -> bool {
        self.cancelled
    }

    fn ended(&mut self, _: &Stage) {}
}

/// Seconds a call of the solver may take: far more than it does.
const PATIENCE: f64 = 600.0;

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/planning");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data/planning is not there");
        return None;
    }
    Some(folder)
}

fn instance(folder: &Path, name: &str) -> Problem {
    read_instance(&std::fs::read_to_string(folder.join("synth").join(name)).unwrap()).unwrap()
}

fn planned(problem: &Problem) -> (Plan, Values, Vec<Stage>) {
    match plan(problem, PATIENCE, &mut Nobody { cancelled: false }).unwrap() {
        Answer::Planned { plan, values, stages } => (plan, values, stages),
        other => panic!("{other:?}"),
    }
}

/// The optima that HiGHS proves on the plain model (`bench/plan.py SEED KIND 600 h`, HiGHS 1.16.0).
#[test]
fn the_public_instances_are_proved_in_all_stages() {
    let Some(folder) = folder() else { return };
    for (name, expected) in [
        ("deg_fresh_1.json", [2, 9, 29_314, 17, 48_000]),
        ("deg_transfer_1.json", [0, 4, 21_711, 16, 45_750]),
        ("deg_fresh_2.json", [2, 8, 27_904, 8, 47_150]),
    ] {
        let problem = instance(&folder, name);
        let (plan, values, stages) = planned(&problem);
        assert!(stages.iter().all(Stage::proved), "{name}: {stages:?}");
        assert_eq!(stages.iter().map(|stage| stage.value).collect::<Vec<_>>(), expected, "{name}");
        assert_eq!(check(&problem, &plan), Ok(values), "{name}");
    }
}

/// A linear congruential generator (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A small change to a plan, and whether it can leave a plan that is as good: moving a course may.
fn mutate(problem: &Problem, plan: &Plan, numbers: &mut Numbers) -> Option<(String, Plan, bool)> {
    let mut mutant = plan.clone();
    let full: Vec<usize> = (0..plan.terms.len()).filter(|term| !plan.terms[*term].courses.is_empty()).collect();
    let term = full[numbers.below(full.len())];
    let place = numbers.below(plan.terms[term].courses.len());
    let course = plan.terms[term].courses[place];
    let other = numbers.below(plan.terms.len());
    Some(match numbers.below(8) {
        0 => {
            mutant.terms[term].courses.remove(place);
            (format!("{course} left out"), mutant, false)
        }
        1 => {
            let new = numbers.below(problem.courses.len());
            mutant.terms[term].courses.push(new);
            (format!("{new} added to {term}"), mutant, false)
        }
        2 => {
            mutant.terms[other].courses.push(course);
            (format!("{course} again in {other}"), mutant, false)
        }
        3 => {
            let (at, exam) = (0..plan.terms.len()).find_map(|at| Some((at, *plan.terms[at].exams.first()?)))?;
            mutant.terms[at].exams.remove(0);
            mutant.terms[at.checked_sub(1)?].exams.push(exam);
            (format!("exam {exam} a term earlier"), mutant, false)
        }
        4 => {
            let at = (0..plan.terms.len()).find(|at| !plan.terms[*at].exams.is_empty())?;
            mutant.terms[at].exams.remove(0);
            (format!("the exam of {at} left out"), mutant, false)
        }
        5 => {
            let at = (1..plan.terms.len()).rfind(|at| !plan.terms[*at].awards.is_empty())?;
            let award = mutant.terms[at].awards.pop()?;
            mutant.terms[at - 1].awards.push(award);
            (format!("the award of {at} a term earlier"), mutant, false)
        }
        6 => {
            let awards = mutant.terms.iter_mut().flat_map(|term| &mut term.awards);
            let leaves = awards.flat_map(|award| &mut award.counted).filter(|counted| !counted.courses.is_empty());
            let mut leaves: Vec<_> = leaves.collect();
            let at = numbers.below(leaves.len());
            // A course nobody has counts for nothing.
            leaves[at].courses.push((0..problem.courses.len()).find(|course| {
                !problem.done[*course]
                    && !plan.prior_learning.contains(course)
                    && plan.terms.iter().all(|term| !term.courses.contains(course))
            })?);
            (format!("something not held counts in leaf {at}"), mutant, false)
        }
        _ => {
            mutant.terms[term].courses.remove(place);
            mutant.terms[other].courses.push(course);
            (format!("{course} moved from {term} to {other}"), mutant, true)
        }
    })
}

#[test]
fn changed_plans_are_rejected_or_worth_something_else() {
    let Some(folder) = folder() else { return };
    for name in ["deg_fresh_1.json", "deg_transfer_1.json"] {
        let problem = instance(&folder, name);
        let (plan, values, _) = planned(&problem);
        let mut numbers = Numbers(7);
        let (mut tried, mut moved, mut moved_in_vain) = (0, 0, 0);
        while tried < 2000 {
            let Some((what, mutant, may_be_as_good)) = mutate(&problem, &plan, &mut numbers) else { continue };
            tried += 1;
            let same = check(&problem, &mutant) == Ok(values);
            assert!(may_be_as_good || !same, "{name}: {what}");
            moved += u32::from(may_be_as_good);
            moved_in_vain += u32::from(may_be_as_good && !same);
        }
        // A plan at its soonest end leaves little room: most moves break an offering, a requisite or a load.
        assert!(moved > 100 && moved_in_vain * 10 > moved * 7, "{name}: {moved_in_vain} of {moved} moves rejected");
    }
}

/// As the peer's `mus.py load` has it: the same eleven rules.
#[test]
fn a_conflict_is_minimal_and_speaks() {
    let Some(folder) = folder() else { return };
    let mut problem = instance(&folder, "deg_fresh_1.json");
    (problem.horizon, problem.most_load) = (9, [12, 12, 0]);
    let nobody = &mut Nobody { cancelled: false };
    assert_eq!(plan(&problem, PATIENCE, nobody).unwrap(), Answer::Infeasible);
    let found = conflict(&problem, PATIENCE, nobody).unwrap().unwrap();
    let mut expected = vec![Rule::ByHorizon];
    expected.extend((0..9).map(Rule::MostLoad));
    expected.push(Rule::TotalCredits(problem.target));
    assert_eq!(found.rules, expected);
    let words: Vec<String> = found.rules.iter().map(|rule| sentence(&problem, *rule)).collect();
    assert_eq!(words[0], "You hold BS by the end of term 9.");
    assert_eq!(words[3], "You take no courses in term 3 (summer).");
    assert_eq!(words[10], "BS takes 120 credits in all.");
    assert_eq!(tag(&problem, found.rules[2]), "maxload 1");
    // What holds together has no conflict.
    problem.horizon = 14;
    problem.most_load = [18, 18, 9];
    assert_eq!(conflict(&problem, PATIENCE, nobody).unwrap(), None);
}

#[test]
fn where_nothing_fits_ways_out_and_loosenings_bring_plans() {
    let Some(folder) = folder() else { return };
    let mut problem = instance(&folder, "deg_fresh_1.json");
    (problem.horizon, problem.most_load) = (9, [12, 12, 0]);
    let nobody = &mut Nobody { cancelled: false };
    let ways = ways_out(&problem, 2, 5.0, nobody).unwrap();
    assert!(!ways.is_empty() && ways.is_sorted_by_key(|way| way.drop.len()), "{ways:?}");
    for way in &ways {
        assert_eq!(check(&problem.without(&way.drop), &way.plan), Ok(way.values), "{:?}", way.drop);
    }
    let found = loosenings(&problem, 5.0, nobody).unwrap();
    let credits = found.iter().find(|loosening| matches!(loosening.change, Change::MoreCredits(_))).unwrap();
    assert_eq!(check(&problem.loosened(&credits.change), &credits.plan), Ok(credits.values));
    let words = loosening_sentence(&problem, credits);
    assert!(words.contains("more credits in every fall and spring you could hold BS by the end of term"), "{words}");
}

#[test]
fn what_is_broken_off_is_undecided() {
    let Some(folder) = folder() else { return };
    let problem = instance(&folder, "deg_fresh_1.json");
    let answer = plan(&problem, PATIENCE, &mut Nobody { cancelled: true }).unwrap();
    assert_eq!(answer, Answer::Undecided);
}

#[test]
fn broken_instances_say_where() {
    let course = r#"{"id":"A","cr":3,"lvl":100,"inst":"U","off":"F","pre":[["B"]],"co":[],"rate":1}"#;
    let rest = r#""progs":[],"certs":[],"H":1,"cap":{"F":1,"S":1,"U":1},"minload":0,"need_certs":0,"done":[],"cpl":{},"cplmax":0,"termfee":0"#;
    let words = read_instance(&format!("{{\"courses\":[{course}],{rest}}}")).unwrap_err().to_string();
    assert_eq!(words, "/courses/0/pre/0/0: the course “B” is not among the courses; add it there or take it out here");
    let words = read_instance("{").unwrap_err().to_string();
    assert!(words.contains("line 1 column 1"), "{words}");
}

#[test]
fn curricula_are_balanced_and_proved() {
    let Some(folder) = folder() else { return };
    let folder = folder.join("bacp");
    let named = [("bacp8.dat", 17), ("bacp10.dat", 14), ("bacp12.dat", 17)];
    // docs/scale.md, A.3: proved by two solvers.
    let optima = [
        28, 29, 30, 44, 26, 26, 27, 30, 38, 26, 30, 30, 31, 27, 29, 25, 28, 30, 28, 30, 26, 31, 28, 29, 28, 28, 34, 28,
    ];
    let numbered = optima
        .iter()
        .enumerate()
        .map(|(index, optimum)| (format!("bacp_MiniZinc_Benchmarks/bacp-{}.mzn", index + 1), *optimum));
    for (file, optimum) in named.map(|(file, optimum)| (file.to_owned(), optimum)).into_iter().chain(numbered) {
        let curriculum = read_bacp(&std::fs::read_to_string(folder.join(&file)).unwrap()).unwrap();
        let found = balance(&curriculum, PATIENCE).unwrap().unwrap();
        assert_eq!((found.fullest, found.bound, found.proved()), (optimum, optimum, true), "{file}");
        assert_eq!(curriculum.fullest(&found.periods), Some(optimum), "{file}");
        // The three of CSPLib meet their bound without a search.
        assert!(
            found.without_search || std::path::Path::new(&file).extension().is_some_and(|end| end == "mzn"),
            "{file}"
        );
    }
}
