//! The answer's sentences, the same on the page, in the terminal and in JSON.

use credway_plan::{Answer, ChangeSet, Fewer, OutOfReach, StageName};

use super::answer::{ChangeKindWord, ReachedDomain};
use super::request::{Counting, ReachRequest};

/// `1 change`, `3 changes`.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Per cent to a tenth; what is below something is never rounded up to it.
fn percent(value: f64) -> String {
    let down = (value * 10.0 + 1e-6).floor() / 10.0;
    let shown = format!("{down:.1}");
    format!("{} %", shown.strip_suffix(".0").unwrap_or(&shown))
}

/// What is asked: "80 % of the exam and 60 % of every domain".
fn asked(request: &ReachRequest) -> String {
    let total = request.total.map(|total| format!("{} of the exam", percent(total)));
    let domains = request.each_domain.map(|domain| format!("{} of every domain", percent(domain)));
    let parts: Vec<String> = total.into_iter().chain(domains).collect();
    let counting = match request.counting {
        Counting::Taught => "",
        Counting::Assessed => ", assessed",
    };
    format!("{}{counting}", parts.join(" and "))
}

/// The answer in a sentence.
pub(super) fn sentence(answer: &Answer, request: &ReachRequest, courses: usize, domains: &[ReachedDomain]) -> String {
    let asked = asked(request);
    match answer {
        Answer::Reached(set) if set.changes.is_empty() => {
            format!("Nothing has to be changed: {asked} is reached as it stands.")
        }
        Answer::Reached(set) => {
            let reached =
                set.after.total.map_or_else(String::new, |total| format!("; coverage is then {}", percent(total)));
            format!(
                "{} in {} reach {asked}, with about {} of work{reached}.",
                counted(set.changes.len(), "change"),
                counted(courses, "course"),
                counted(set.effort as usize, "hour"),
            )
        }
        Answer::OutOfReach(reach) => out_of_reach(reach, request, &asked, domains),
        Answer::Undecided => {
            format!("Whether {asked} can be reached was not found out in the time given.")
        }
    }
}

fn out_of_reach(reach: &OutOfReach, request: &ReachRequest, asked: &str, domains: &[ReachedDomain]) -> String {
    let mut said = format!("No set of the candidate changes reaches {asked}.");
    if let Some(most) = reach.most_total {
        said.push_str(&format!(" The most that can be reached is {} of the exam.", percent(most)));
    }
    for bound in &reach.binding {
        let title = domains.get(bound.domain).map_or("a domain", |domain| domain.title.as_str());
        said.push_str(&format!(
            " “{title}” holds it back: {} of the {} asked.",
            percent(bound.most),
            percent(bound.wanted)
        ));
    }
    if reach.together {
        said.push_str(" Each wish could be met alone, but not all together");
        said.push_str(if request.most_per_course.is_some() { " with so few changes to a course." } else { "." });
    }
    if !reach.proved {
        said.push_str(" The time was over before this was proved to be the most.");
    }
    said
}

/// Why less will not do.
pub(super) fn proof(answer: &Answer, request: &ReachRequest, domains: &[ReachedDomain]) -> String {
    match answer {
        Answer::Reached(set) if set.changes.is_empty() => String::new(),
        Answer::Reached(set) => reached(set, request),
        Answer::OutOfReach(reach) if reach.proved => {
            let named =
                if domains.iter().any(|domain| domain.most.is_some()) { "These figures are" } else { "This is" };
            format!("{named} the proved most: no set of candidate changes does better.")
        }
        Answer::OutOfReach(_) | Answer::Undecided => {
            "Not proved: give it more time, or look at fewer courses for each gap.".to_owned()
        }
    }
}

fn reached(set: &ChangeSet, request: &ReachRequest) -> String {
    let Some(first) = set.stages.first() else { return String::new() };
    let less = match first.name {
        StageName::Effort => format!("With less than {} hours of work", first.value),
        StageName::Changes | StageName::Misfit => match first.value as i64 - 1 {
            0 => "Without any change".to_owned(),
            1 => "With 1 change".to_owned(),
            fewer => format!("With {fewer} changes"),
        },
    };
    let mut said = match set.fewer {
        Fewer::NothingNeeded => String::new(),
        Fewer::Total(total) => {
            let wanted = request.total.map(percent).unwrap_or_default();
            format!("{less} the most that can be reached is {} of the exam, below the {wanted} asked.", percent(total))
        }
        Fewer::TotalWithDomains(total) => {
            let wanted = request.total.map(percent).unwrap_or_default();
            format!(
                "{less}, once every domain has its share, the most that can be reached is {} of the exam, below the {wanted} asked.",
                percent(total)
            )
        }
        Fewer::DomainsMiss(missing) => {
            // Rounded up: what is missing is never said to be nothing.
            let missing = (missing * 10.0).ceil() / 10.0;
            format!("{less} the domains together miss what is asked of them by at least about {missing:.1} points.")
        }
        Fewer::Unknown => format!("{less}: the time was over before the most was known."),
    };
    let unproved: Vec<String> = set
        .stages
        .iter()
        .filter(|stage| !stage.proved && stage.name != StageName::Misfit)
        .map(|stage| match stage.name {
            StageName::Effort => {
                format!("at least {} hours are needed, {} were found", stage.bound.ceil(), stage.value)
            }
            StageName::Changes | StageName::Misfit => {
                format!("at least {} changes are needed, {} were found", stage.bound.ceil(), stage.value)
            }
        })
        .collect();
    if unproved.is_empty() {
        said.push_str(match first.name {
            StageName::Effort => " So no cheaper set will do, and none as cheap has fewer changes: proved.",
            StageName::Changes | StageName::Misfit => " So fewer will not do, and no set as small is cheaper: proved.",
        });
    } else {
        said.push_str(&format!(" Not proved to be the least in the time given: {}.", unproved.join("; ")));
    }
    said
}

/// What a change is, without its objectives.
pub(super) fn change(kind: ChangeKindWord, assessed: bool) -> String {
    match (kind, assessed) {
        (ChangeKindWord::Add, false) => "Add an outcome that meets",
        (ChangeKindWord::Add, true) => "Add an outcome with an assessment that meets",
        (ChangeKindWord::Deepen, _) => "Deepen what is taught in part until it meets in full",
        (ChangeKindWord::Assess, _) => "Add an assessment of what is taught for",
    }
    .to_owned()
}

/// What was assumed.
pub(super) fn assumptions(request: &ReachRequest) -> Vec<String> {
    let efforts = request.efforts;
    vec![
        format!(
            "Hours of work: opening a course for revision {}, adding an outcome {}, deepening one {}, adding an assessment {}. \
             These are assumptions to be set by the college, not measurements.",
            efforts.open, efforts.add, efforts.deepen, efforts.assess
        ),
        format!(
            "An outcome may be added to the {} whose statements come nearest the objective. Among sets equally small and \
             equally cheap, the one nearest to what the courses teach is taken.",
            if request.near == 1 { "course".to_owned() } else { format!("{} courses", request.near) }
        ),
        "A change counts as made and accepted by a reviewer; open suggestions count for nothing, and reviewing them first may \
         make changes needless."
            .to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_below_is_never_rounded_up() {
        for (value, shown) in
            [(79.99, "79.9 %"), (80.0, "80 %"), (79.999_999_9, "80 %"), (0.04, "0 %"), (62.5, "62.5 %")]
        {
            assert_eq!(percent(value), shown);
        }
    }

    #[test]
    fn what_is_asked_is_said() {
        let request = ReachRequest { total: Some(80.0), each_domain: Some(62.5), ..ReachRequest::default() };
        assert_eq!(asked(&request), "80 % of the exam and 62.5 % of every domain");
        let assessed =
            ReachRequest { each_domain: Some(50.0), counting: Counting::Assessed, ..ReachRequest::default() };
        assert_eq!(asked(&assessed), "50 % of every domain, assessed");
    }
}
