//! Reads curricula from the two shapes of CSPLib: the `.dat` of the first three, the `.mzn` of the MiniZinc ones.

use crate::bacp::Curriculum;

/// Why a curriculum could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BacpError {
    /// A figure is missing or is no whole number.
    #[error("`{name}` is missing or is no whole number; write it as `{name} = …;`")]
    NoFigure {
        /// What is missing.
        name: String,
    },
    /// There are more loads than courses, or fewer.
    #[error("{courses} courses, but {loads} loads; give each course one")]
    Loads {
        /// How many courses.
        courses: usize,
        /// How many loads.
        loads: usize,
    },
    /// A prerequisite names no course.
    #[error("the prerequisite of “{course}” names no course of the curriculum")]
    UnknownCourse {
        /// What it names.
        course: String,
    },
}

/// Reads a curriculum; the shape is told by its text.
///
/// # Errors
/// [`BacpError`].
pub fn read_bacp(text: &str) -> Result<Curriculum, BacpError> {
    let text = without_comments(text);
    if text.contains("n_courses") { read_mzn(&text) } else { read_dat(&text) }
}

/// Takes out `// …`, `% …` and `/* … */`. A comment that another one or a definition cuts short ends with its line:
/// the published file of ten periods leaves one open.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(at) = ["//", "/*", "%"].iter().filter_map(|mark| rest.find(mark)).min() {
        kept.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("/*") {
            closed(&rest[at..]).map_or_else(|| line_end(rest, at), |end| at + end)
        } else {
            line_end(rest, at)
        };
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |end| from + end)
}

/// Where a comment ends that is closed before anything is defined.
fn closed(comment: &str) -> Option<usize> {
    let end = comment.find("*/")?;
    (!comment[..end].contains(['=', ';']) && !comment[2..end].contains("/*")).then_some(end + 2)
}

fn read_dat(text: &str) -> Result<Curriculum, BacpError> {
    let courses: Vec<String> = list(text, "courses", '{', '}')?.into_iter().map(str::to_owned).collect();
    let position = |name: &str| {
        let found = courses.iter().position(|course| course == name);
        found.ok_or_else(|| BacpError::UnknownCourse { course: name.to_owned() })
    };
    let mut before = Vec::new();
    for pair in after(text, "prereq").unwrap_or("").split('<').skip(1) {
        let pair = pair.split_once('>').map_or(pair, |(pair, _)| pair);
        let (course, earlier) =
            pair.split_once(',').ok_or_else(|| BacpError::UnknownCourse { course: pair.trim().to_owned() })?;
        before.push((position(earlier.trim())?, position(course.trim())?));
    }
    let loads = numbers(text, "credit")?;
    let pair = |low, high| Ok((figure(text, low)?, figure(text, high)?));
    finish(courses, loads, before, figure(text, "p")?, pair("a", "b")?, pair("c", "d")?)
}

fn read_mzn(text: &str) -> Result<Curriculum, BacpError> {
    let count: u32 = figure(text, "n_courses")?;
    let courses: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
    let index = |number: &str| {
        let found = number.trim().parse::<u32>().ok().filter(|number| (1..=count).contains(number));
        let unknown = || BacpError::UnknownCourse { course: number.trim().to_owned() };
        found.map(|number| number as usize - 1).ok_or_else(unknown)
    };
    let mut before = Vec::new();
    for pair in text.split("prerequisite(").skip(1) {
        let pair = pair.split_once(')').map_or(pair, |(pair, _)| pair);
        let (course, earlier) =
            pair.split_once(',').ok_or_else(|| BacpError::UnknownCourse { course: pair.trim().to_owned() })?;
        before.push((index(earlier)?, index(course)?));
    }
    let loads = numbers(text, "course_load")?;
    let pair = |low, high| Ok((figure(text, low)?, figure(text, high)?));
    let load = pair("load_per_period_lb", "load_per_period_ub")?;
    let courses_a_period = pair("courses_per_period_lb", "courses_per_period_ub")?;
    finish(courses, loads, before, figure(text, "n_periods")?, load, courses_a_period)
}

fn finish(
    courses: Vec<String>,
    loads: Vec<u32>,
    mut before: Vec<(usize, usize)>,
    periods: u32,
    load: (u32, u32),
    count: (u32, u32),
) -> Result<Curriculum, BacpError> {
    if loads.len() != courses.len() {
        return Err(BacpError::Loads { courses: courses.len(), loads: loads.len() });
    }
    before.sort_unstable();
    before.dedup();
    Ok(Curriculum { courses, loads, before, periods: periods as usize, load, count })
}

/// The text after `name =`, where the name stands alone.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let alone = |at: &usize| {
        let before = text[..*at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    };
    let value = |at: usize| text[at + name.len()..].trim_start().strip_prefix('=');
    text.match_indices(name).map(|(at, _)| at).filter(alone).find_map(value)
}

fn missing(name: &str) -> BacpError {
    BacpError::NoFigure { name: name.to_owned() }
}

fn figure(text: &str, name: &str) -> Result<u32, BacpError> {
    let value = after(text, name).and_then(|value| value.split_once(';')).map(|(value, _)| value.trim());
    value.and_then(|value| value.parse().ok()).ok_or_else(|| missing(name))
}

/// The parts of a list between two marks; a last comma opens none.
fn list<'a>(text: &'a str, name: &str, open: char, close: char) -> Result<Vec<&'a str>, BacpError> {
    let value = after(text, name).and_then(|value| value.trim_start().strip_prefix(open));
    let (inside, _) = value.and_then(|value| value.split_once(close)).ok_or_else(|| missing(name))?;
    Ok(inside.split(',').map(str::trim).filter(|part| !part.is_empty()).collect())
}

fn numbers(text: &str, name: &str) -> Result<Vec<u32>, BacpError> {
    list(text, name, '[', ']')?.into_iter().map(|part| part.parse().map_err(|_| missing(name))).collect()
}
