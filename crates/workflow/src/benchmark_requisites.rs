//! Measure how much of a catalogue's requisite texts is understood.

use credway_import::read_requisite;
use credway_model::Understood;
use serde::{Deserialize, Serialize};

use crate::{Workbench, WorkflowError};

/// The figures, with times. A text counts as fully understood only where it can be read in one way.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RequisiteBenchmark {
    /// Texts read.
    pub texts: usize,
    /// Understood fully and in one way.
    pub fully: usize,
    /// Fully but in two ways; the documented rule decided.
    pub ambiguous: usize,
    /// Understood in part.
    pub partly: usize,
    /// Not understood.
    pub not: usize,
    /// Texts in which other words, such as the description, follow the requisites.
    pub prose: usize,
    /// `fully` of all texts, from 0 to 1.
    pub share_fully: f64,
    /// `fully` of the texts without other words; absent where there are none.
    pub share_fully_without_prose: Option<f64>,
    /// Texts read in a second.
    pub texts_per_second: f64,
    /// Seconds for all.
    pub seconds: f64,
}

/// The two texts of a course.
#[derive(Deserialize)]
struct Texts {
    prerequisites: Option<String>,
    corequisites: Option<String>,
}

impl Workbench {
    /// Reads every prerequisite and corequisite text of a JSON list of courses.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the file is no such list or holds no text.
    pub fn benchmark_requisites(courses: &str) -> Result<RequisiteBenchmark, WorkflowError> {
        let refuse = |message: String| WorkflowError::Refused {
            message,
            hint: "give a JSON list of objects with the texts “prerequisites” and “corequisites”".to_owned(),
        };
        let courses: Vec<Texts> =
            serde_json::from_str(courses).map_err(|error| refuse(format!("the courses cannot be read: {error}")))?;
        let both = courses.iter().flat_map(|course| [(&course.prerequisites, false), (&course.corequisites, true)]);
        let texts: Vec<(&str, bool)> = both
            .filter_map(|(text, corequisite)| Some((text.as_deref()?.trim(), corequisite)))
            .filter(|(text, _)| !text.is_empty())
            .collect();
        if texts.is_empty() {
            return Err(refuse("no course has a requisite text".to_owned()));
        }
        Ok(measured(&texts))
    }
}

fn measured(texts: &[(&str, bool)]) -> RequisiteBenchmark {
    let mut figures = RequisiteBenchmark { texts: texts.len(), ..RequisiteBenchmark::default() };
    let mut plain_fully = 0;
    // The first text compiles the patterns.
    drop(read_requisite("none", false));
    let started = std::time::Instant::now();
    for (text, corequisite) in texts {
        let reading = read_requisite(text, *corequisite);
        figures.prose += usize::from(reading.prose.is_some());
        match reading.tree.map_or(Understood::Not, |tree| tree.understood()) {
            Understood::Fully if reading.ambiguous => figures.ambiguous += 1,
            Understood::Fully => {
                figures.fully += 1;
                plain_fully += usize::from(reading.prose.is_none());
            }
            Understood::Partly => figures.partly += 1,
            Understood::Not => figures.not += 1,
        }
    }
    figures.seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "shown figures")]
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let plain = figures.texts - figures.prose;
    figures.share_fully = share(figures.fully, figures.texts);
    figures.share_fully_without_prose = (plain > 0).then(|| share(plain_fully, plain));
    #[expect(clippy::cast_precision_loss, reason = "a shown figure")]
    let number = figures.texts as f64;
    figures.texts_per_second = number / figures.seconds.max(f64::MIN_POSITIVE);
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_by_how_far_they_are_understood() {
        let courses = r#"[{"prerequisites":"ITSY 1300. How to tie a knot.","corequisites":null},
            {"prerequisites":"ITSY 1300 and MATH 1314 or ENGL 1301","corequisites":"ITSY 1301"},
            {"prerequisites":"A boat of your own"}]"#;
        let figures = Workbench::benchmark_requisites(courses).unwrap();
        let counts = (figures.texts, figures.fully, figures.ambiguous, figures.partly, figures.not, figures.prose);
        assert_eq!(counts, (4, 2, 1, 0, 1, 1));
        assert!(Workbench::benchmark_requisites("[]").is_err() && Workbench::benchmark_requisites("{").is_err());
    }
}
