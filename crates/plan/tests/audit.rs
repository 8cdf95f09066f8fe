//! The audit against every possible placing, on random requirement trees, and by hand where a rule has a story.

use credway_model::{
    Asks, AwardRequirements, CourseChoice, CourseSet, CreditLimit, Credits, GradePoints, Person, Requirement, Text,
};
use credway_plan::{
    AuditException, AuditedAward, AwardAudit, CREDITS_OF_A_COURSE, CourseRecord, CreditSource, ExceptionKind,
    LineState, SharedBetween, WhyNot, audit, audit_together,
};

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

fn credits(steps: u32) -> Credits {
    Credits::from_steps(steps * 100).unwrap()
}

fn record(code: &str, size: u32) -> CourseRecord {
    CourseRecord {
        code: code.parse().unwrap(),
        credits: credits(size),
        grade: GradePoints::new(300).ok(),
        passed: true,
        from: CreditSource::Here,
        repeatable: false,
        attributes: Vec::new(),
        outcomes: Vec::new(),
    }
}

fn listed(codes: &[&str]) -> CourseSet {
    CourseSet::Listed(codes.iter().map(|code| code.parse().unwrap()).collect())
}

fn choice(courses: CourseSet) -> CourseChoice {
    CourseChoice { courses, grade: None, overlay: false }
}

fn named(name: &str, asks: Asks) -> Requirement {
    Requirement { name: Text::new(name).ok(), asks }
}

fn award(root: Requirement) -> AwardRequirements {
    AwardRequirements::of_tree(text("AA"), root)
}

fn audited(requirements: &AwardRequirements, records: &[CourseRecord]) -> AwardAudit {
    audit(&AuditedAward { requirements, exceptions: &[] }, records).unwrap()
}

/// A fixed sequence of numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, size: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % size
    }

    fn yes(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
}

const CODES: [&str; 6] = ["AB 1301", "AB 3302", "CD 1303", "CD 3304", "EF 2305", "EF 4306"];

fn random_set(random: &mut Random) -> CourseSet {
    match random.below(5) {
        0 => CourseSet::Subject(["AB", "CD", "EF"][random.below(3)].to_owned()),
        1 => CourseSet::Numbered(3_000, 4_999),
        2 => CourseSet::Not(Box::new(listed(&[CODES[random.below(6)]]))),
        _ => listed(&[CODES[random.below(6)], CODES[random.below(6)], CODES[random.below(6)]]),
    }
}

fn random_tree(random: &mut Random, depth: usize, leaves: &mut usize) -> Requirement {
    if depth == 0 || *leaves == 0 || random.yes(3) {
        *leaves = leaves.saturating_sub(1);
        let mut from = choice(random_set(random));
        from.overlay = random.yes(5);
        from.grade = random.yes(4).then(|| GradePoints::new(300).unwrap());
        let asks = if random.yes(2) {
            Asks::Courses { count: 1 + random.below(2) as u16, from }
        } else {
            Asks::Credits { credits: credits(2 + random.below(6) as u32), from }
        };
        return named("leaf", asks);
    }
    let of: Vec<Requirement> = (0..2 + random.below(2)).map(|_| random_tree(random, depth - 1, leaves)).collect();
    if random.yes(2) {
        return named("all", Asks::Every(of));
    }
    named("some", Asks::Some { count: 1 + random.below(of.len() + 1) as u16, of })
}

fn random_award(random: &mut Random) -> AwardRequirements {
    let mut leaves = 3;
    let mut award = award(random_tree(random, 2, &mut leaves));
    award.total = random.yes(2).then(|| credits(6 + random.below(8) as u32));
    award.residency = random.yes(3).then(|| credits(3 + random.below(6) as u32));
    award.upper_division = random.yes(3).then(|| credits(3 + random.below(4) as u32));
    award.most_shared = random.yes(3).then(|| credits(random.below(7) as u32));
    award.most_transferred = random.yes(3).then(|| credits(random.below(7) as u32));
    if random.yes(4) {
        award.exclusions.push(listed(&[CODES[random.below(6)], CODES[random.below(6)]]));
    }
    if random.yes(4) {
        award.limits.push(CreditLimit { name: text("few"), courses: random_set(random), at_most: credits(3) });
    }
    award
}

fn random_records(random: &mut Random) -> Vec<CourseRecord> {
    (0..2 + random.below(3))
        .map(|_| {
            let mut one = record(CODES[random.below(6)], 1 + random.below(4) as u32);
            one.grade = [None, GradePoints::new(200).ok(), GradePoints::new(350).ok()][random.below(3)];
            one.passed = !random.yes(8);
            one.from = [CreditSource::Here, CreditSource::Here, CreditSource::Transferred][random.below(3)];
            one
        })
        .collect()
}

/// A leaf as the oracle sees it.
struct Leaf<'a> {
    from: &'a CourseChoice,
    need: f64,
    by_course: bool,
}

fn leaves<'a>(requirement: &'a Requirement, found: &mut Vec<Leaf<'a>>) {
    match &requirement.asks {
        Asks::Every(of) | Asks::Some { of, .. } => of.iter().for_each(|part| leaves(part, found)),
        Asks::Courses { count, from } => {
            found.push(Leaf { from, need: f64::from(*count) * CREDITS_OF_A_COURSE, by_course: true });
        }
        Asks::Credits { credits, from } => found.push(Leaf { from, need: credits.value(), by_course: false }),
    }
}

/// What a requirement misses; `have` is walked through leaf by leaf.
fn missing(requirement: &Requirement, needs: &[Leaf<'_>], have: &[f64], at: &mut usize) -> f64 {
    let parts = |of: &[Requirement], at: &mut usize| -> Vec<f64> {
        of.iter().map(|part| missing(part, needs, have, at)).collect()
    };
    match &requirement.asks {
        Asks::Every(of) => parts(of, at).iter().sum(),
        Asks::Some { count, of } => {
            let mut each = parts(of, at);
            each.sort_by(f64::total_cmp);
            let short = usize::from(*count).saturating_sub(each.len());
            each.iter().take(usize::from(*count)).sum::<f64>() + short as f64 * CREDITS_OF_A_COURSE
        }
        Asks::Courses { .. } | Asks::Credits { .. } => {
            *at += 1;
            (needs[*at - 1].need - have[*at - 1]).max(0.0)
        }
    }
}

/// Every way to place the records: for each, whether it counts and for which leaves, as bits; the least that is missing.
fn oracle(award: &AwardRequirements, records: &[CourseRecord]) -> (f64, f64) {
    let mut needs = Vec::new();
    leaves(&award.root, &mut needs);
    let options: Vec<Vec<Option<u32>>> = records.iter().map(|one| places(award, &needs, one)).collect();
    let mut best = (f64::INFINITY, f64::INFINITY);
    let mut at = vec![0; records.len()];
    loop {
        let placed: Vec<Option<u32>> = at.iter().zip(&options).map(|(at, options)| options[*at]).collect();
        if let Some(found) = judged(award, &needs, records, &placed)
            && (found.0 + 1e-6 < best.0 || (found.0 < best.0 + 1e-6 && found.1 < best.1))
        {
            best = (found.0.min(best.0), found.1);
        }
        let Some(next) = (0..at.len()).find(|one| at[*one] + 1 < options[*one].len()) else { return best };
        at[..next].fill(0);
        at[next] += 1;
    }
}

fn places(award: &AwardRequirements, needs: &[Leaf<'_>], record: &CourseRecord) -> Vec<Option<u32>> {
    if !record.passed {
        return vec![None];
    }
    let takes = |leaf: &Leaf<'_>| {
        let graded = leaf.from.grade.zip(record.grade).is_none_or(|(least, grade)| grade >= least);
        graded && leaf.from.courses.holds(record)
    };
    let twice = if award.most_shared.is_some() { 2 } else { 1 };
    let fits = |bits: &u32| {
        let own = |at: usize| bits >> at & 1 == 1;
        let plain = (0..needs.len()).filter(|at| own(*at) && !needs[*at].from.overlay).count();
        plain <= twice && (0..needs.len()).all(|at| !own(at) || takes(&needs[at]))
    };
    std::iter::once(None).chain((0..1_u32 << needs.len()).filter(fits).map(Some)).collect()
}

fn judged(
    award: &AwardRequirements,
    needs: &[Leaf<'_>],
    records: &[CourseRecord],
    placed: &[Option<u32>],
) -> Option<(f64, f64)> {
    let counted = || records.iter().zip(placed).filter_map(|(record, bits)| Some((record, (*bits)?)));
    let sum = |of: &dyn Fn(&CourseRecord) -> bool| {
        counted().filter(|(one, _)| of(one)).map(|(one, _)| one.credits.value()).sum::<f64>()
    };
    let number = |of: &dyn Fn(&CourseRecord) -> bool| counted().filter(|(one, _)| of(one)).count();
    let plain: u32 = (0..needs.len()).filter(|at| !needs[*at].from.overlay).map(|at| 1_u32 << at).sum();
    let shared: f64 =
        counted().filter(|(_, bits)| (bits & plain).count_ones() > 1).map(|(one, _)| one.credits.value()).sum();
    let fits = records.iter().all(|one| number(&|other| other.code == one.code) <= 1)
        && award.exclusions.iter().all(|set| number(&|one| set.holds(one)) <= 1)
        && award.limits.iter().all(|limit| sum(&|one| limit.courses.holds(one)) <= limit.at_most.value())
        && award.most_transferred.is_none_or(|most| sum(&|one| one.from == CreditSource::Transferred) <= most.value())
        && award.most_shared.is_none_or(|most| shared <= most.value());
    if !fits {
        return None;
    }
    let have: Vec<f64> = (0..needs.len())
        .map(|at| {
            let here = counted().filter(|(_, bits)| bits >> at & 1 == 1);
            here.map(|(one, _)| if needs[at].by_course { CREDITS_OF_A_COURSE } else { one.credits.value() }).sum()
        })
        .collect();
    let upper = award.upper_courses();
    let short = |wanted: Option<Credits>, have: f64| wanted.map_or(0.0, |wanted| (wanted.value() - have).max(0.0));
    let totals = short(award.total, sum(&|_| true))
        + short(award.residency, sum(&|one| one.from == CreditSource::Here))
        + short(award.upper_division, sum(&|one| upper.holds(one)));
    Some((missing(&award.root, needs, &have, &mut 0), totals))
}

#[test]
fn a_thousand_random_trees_are_placed_as_well_as_they_can_be() {
    let mut random = Random(20_261_127);
    let mut partly = 0;
    for number in 0..1_000 {
        let (award, records) = (random_award(&mut random), random_records(&mut random));
        let (least, short) = oracle(&award, &records);
        let found = audited(&award, &records);
        assert!(
            (found.missing - least).abs() < 1e-6,
            "{number}: {} for {least}\n{award:?}\n{records:?}",
            found.missing
        );
        let totals: f64 = found.totals.iter().map(|total| (total.wanted.value() - total.have).max(0.0)).sum();
        assert!((totals - short).abs() < 1e-6, "{number}: totals {totals} for {short}\n{award:?}\n{records:?}");
        partly += usize::from(least > 0.0 && found.lines.iter().any(|line| !line.placed.is_empty()));
    }
    assert!(partly > 200, "the trees are neither trivial nor hopeless: {partly}");
}

#[test]
fn the_first_place_is_not_always_the_best() {
    // AB 1301 fits both; only it fits the second.
    let root = named(
        "all",
        Asks::Every(vec![
            named("any of AB", Asks::Courses { count: 1, from: choice(CourseSet::Subject("AB".to_owned())) }),
            named("the one", Asks::Courses { count: 1, from: choice(listed(&["AB 1301"])) }),
        ]),
    );
    let found = audited(&award(root), &[record("AB 1301", 3), record("AB 3302", 3)]);
    assert!(found.met, "{found:?}");
    assert_eq!((found.lines[1].placed[0].record, found.lines[2].placed[0].record), (1, 0));
    assert_eq!(found.lines[2].asks, "1 course of: AB 1301");
}

#[test]
fn what_does_not_count_says_why() {
    let mut award = award(named("AB", Asks::Courses { count: 1, from: choice(CourseSet::Subject("AB".to_owned())) }));
    if let Asks::Courses { from, .. } = &mut award.root.asks {
        from.grade = GradePoints::new(300).ok();
    }
    award.most_transferred = Some(credits(3));
    award.limits.push(CreditLimit {
        name: text("sports"),
        courses: CourseSet::Subject("EF".to_owned()),
        at_most: credits(2),
    });
    award.exclusions.push(listed(&["CD 1303", "CD 3304"]));
    let mut records = vec![
        record("AB 1301", 3),
        record("AB 1301", 3),
        record("EF 2305", 3),
        record("CD 1303", 3),
        record("CD 3304", 3),
    ];
    records[1].grade = GradePoints::new(200).ok();
    records.push(CourseRecord { passed: false, ..record("GH 1301", 3) });
    records.push(CourseRecord { from: CreditSource::Transferred, ..record("IJ 1301", 3) });
    records.push(CourseRecord { from: CreditSource::Transferred, ..record("IJ 1302", 3) });
    records.push(CourseRecord { grade: GradePoints::new(200).ok(), ..record("AB 3302", 3) });
    let found = audited(&award, &records);
    let why = |record: usize| found.unplaced.iter().find(|one| one.record == record).map(|one| one.why.clone());
    assert_eq!(why(0), None);
    assert_eq!(why(1), Some(WhyNot::Repeated));
    assert_eq!(why(2), Some(WhyNot::Limit(text("sports"))));
    let (one, other) = (why(3).unwrap(), why(4).unwrap());
    assert!([&one, &other].contains(&&WhyNot::Excluded) && [&one, &other].contains(&&WhyNot::FreeElective));
    assert_eq!(why(5), Some(WhyNot::NotPassed));
    assert!([why(6), why(7)].contains(&Some(WhyNot::TransferCap)));
    assert_eq!(why(8), Some(WhyNot::GradeTooLow));
}

#[test]
fn exceptions_are_told_with_their_reason_and_place() {
    let core = Asks::Courses { count: 1, from: choice(listed(&["AB 1301"])) };
    let lab = Asks::Credits { credits: credits(4), from: choice(CourseSet::Subject("CD".to_owned())) };
    let award = award(named("all", Asks::Every(vec![named("core", core), named("lab", lab)])));
    let who = Person(text("Dean Ames"));
    let counts = ExceptionKind::Counts("EF 2305".parse().unwrap());
    let exceptions = [
        AuditException { path: vec![0], kind: counts, who: who.clone(), why: text("same syllabus") },
        AuditException { path: vec![1], kind: ExceptionKind::Waived, who: who.clone(), why: text("holds a licence") },
    ];
    let audited = |exceptions: &[AuditException]| {
        audit(&AuditedAward { requirements: &award, exceptions }, &[record("EF 2305", 3)])
    };
    let found = audited(&exceptions).unwrap();
    assert!(found.met && found.lines[1].placed.len() == 1);
    assert_eq!(found.lines[2].state, LineState::Waived { who, why: text("holds a licence") });
    let mut nowhere = exceptions[0].clone();
    nowhere.path = vec![0, 4];
    assert!(audited(&[nowhere]).unwrap_err().to_string().contains("same syllabus"));
    assert!((audited(&[]).unwrap().missing - 7.0).abs() < 1e-9);
}

#[test]
fn two_awards_share_no_more_than_they_may() {
    let root = |count| named("any", Asks::Courses { count, from: choice(CourseSet::Every) });
    let (first, second) = (award(root(2)), award(root(3)));
    let awards = [&first, &second].map(|requirements| AuditedAward { requirements, exceptions: &[] });
    let records: Vec<CourseRecord> = CODES[..4].iter().map(|code| record(code, 3)).collect();
    let missing = |at_most: u32| -> f64 {
        let limit = [SharedBetween { awards: (0, 1), at_most: credits(at_most) }];
        audit_together(&awards, &limit, &records).unwrap().iter().map(|one| one.missing).sum()
    };
    assert_eq!([missing(0), missing(3), missing(6)].map(f64::round), [3.0, 0.0, 0.0]);
    let astray = [SharedBetween { awards: (0, 2), at_most: credits(3) }];
    assert!(audit_together(&awards, &astray, &records).is_err());
}

#[test]
fn an_average_is_told_and_not_bettered() {
    let mut award = award(named("any", Asks::Courses { count: 1, from: choice(CourseSet::Every) }));
    award.average = GradePoints::new(250).ok();
    let mut records = [record("AB 1301", 3), record("CD 1303", 3)];
    records[1].grade = GradePoints::new(100).ok();
    let found = audited(&award, &records);
    assert!(!found.met && found.missing == 0.0);
    assert_eq!(found.average.unwrap().have, Some(200.0));
}
