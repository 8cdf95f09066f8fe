//! `find`: which certifications, frameworks and microcredentials courses nearly cover already.

use std::path::Path;

use credway_workflow::{FindCourses, FindRequest, Workbench};

use crate::arguments::FindArguments;
use crate::progress::Bar;
use crate::screen::Screen;
use crate::{Ended, files, shown};

pub(super) async fn run(screen: &Screen, workbench: &Workbench, find: &FindArguments) -> anyhow::Result<Ended> {
    let (paths, against): (Vec<&String>, Vec<&String>) = find.against.iter().partition(|one| Path::new(one).is_file());
    let mut request = FindRequest { courses: courses(find)?, ..FindRequest::default() };
    request.against = against.into_iter().cloned().collect();
    for path in paths {
        request.files.push(files::source(Path::new(path))?);
    }
    let bar = Bar::new("Comparing");
    let answer = workbench.find_covered(&request, &bar).await?;
    drop(bar);
    let detailed = if find.against.is_empty() { 1 } else { usize::MAX };
    shown::find(screen, &answer, detailed, find.top)?;
    screen.document(&answer)?;
    Ok(Ended::Done)
}

/// A program, codes, or the one file that is named.
fn courses(find: &FindArguments) -> anyhow::Result<FindCourses> {
    if let Some(program) = &find.program {
        return Ok(FindCourses::Program(program.clone()));
    }
    match find.courses.as_slice() {
        [one] if Path::new(one).is_file() => Ok(FindCourses::File(files::source(Path::new(one))?)),
        codes => Ok(FindCourses::Codes(codes.to_vec())),
    }
}
