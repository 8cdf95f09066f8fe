//! Every finding code an importer can give, with what it means. Codes are never reused.

/// Codes with their meaning, in order.
#[must_use]
pub const fn codes() -> &'static [(&'static str, &'static str)] {
    &[
        ("blueprint.code-misplaced", "An objective's number does not belong where it stands."),
        ("blueprint.columns-merged", "Columns of a page were read as part of what stands left of them."),
        ("blueprint.columns-unread", "A statement seems to hold several points that stand side by side."),
        ("blueprint.control-dropped", "Unprintable characters of the outline were read as blanks."),
        ("blueprint.no-domains", "No domains were found in the outline."),
        ("blueprint.objective-joined", "An objective was put together from lines that may be statements of their own."),
        ("blueprint.objective-repeated", "An objective without a number stands twice in the same place."),
        ("blueprint.objectives-kept", "The file names domains only; the objectives imported before stay."),
        ("blueprint.objectives-unmarked", "Lines without bullet or number were taken for objectives."),
        ("blueprint.text-left-out", "Lines of the outline belong to no domain and were left out."),
        ("blueprint.title-from-file", "The outline names no credential; the file's name was taken."),
        ("blueprint.title-joined", "A domain's title was put together from several lines."),
        ("blueprint.title-percent", "A domain's title holds a percentage that was not read."),
        ("blueprint.too-deep", "An objective stands below more levels of objectives than are taken."),
        ("blueprint.weight-conflict", "A domain is given two different weights."),
        (
            "blueprint.weight-invalid",
            "A weight is not a percentage from 0 to 100, or a range runs backwards or lacks an end.",
        ),
        ("blueprint.weight-unread", "A share of the exam stands where no domain is."),
        ("blueprint.weights-missing", "Some domains have no weight while others do."),
        ("blueprint.weights-none", "No domain has a weight."),
        ("blueprint.weights-total", "The weights of the domains do not come to 100 %."),
        ("catalogue.no-course", "No course was found in a document."),
        ("catalogue.no-credits", "The document gives no credits for some courses; they stay absent."),
        ("catalogue.outside", "Lines of a document belong to no course and are not read."),
        ("correction.made", "What a person had put right was put right again."),
        ("correction.needless", "The file now says what had been put right."),
        ("correction.no-course", "Something was put right on a course that the file does not have."),
        (
            "correction.outdated",
            "The file no longer says what it said when it was put right; what it says now was taken.",
        ),
        ("credential.type-completion", "A certification or licence is awarded for completion alone."),
        ("credential.type-not-assessed", "A microcredential is awarded without an assessment."),
        ("credential.type-not-revocable", "A certification or licence cannot be revoked."),
        ("credential.type-unknown", "A credential has no type."),
        ("credential.validity-unknown", "A certification's period of validity is not given."),
        ("curriculum.additional", "Additional courses of a degree plan count like the others."),
        (
            "curriculum.circle",
            "Requisites lead back to where they began: chains have no beginning, so there are no measures.",
        ),
        ("curriculum.contradiction", "No order of terms can meet the requisites."),
        ("curriculum.credits-missing", "Some courses have no credits; what rests on them is absent."),
        ("curriculum.dead-end", "A chain of courses ends outside the major."),
        ("curriculum.extraneous", "A requisite follows from others."),
        ("curriculum.form", "The file is not a curriculum as CurricularAnalytics writes it."),
        ("curriculum.id-missing", "A course has no Course ID and is left out."),
        ("curriculum.id-not-whole", "A Course ID is not a whole number."),
        ("curriculum.id-repeated", "Two courses have the same Course ID."),
        (
            "curriculum.institution",
            "There is no institution of the curriculum's name here; the college's own takes its courses.",
        ),
        ("curriculum.joined-cells", "A line of the head stands in several cells; they were joined."),
        ("curriculum.line-unread", "A line of the head is not known and not read."),
        ("curriculum.name-missing", "Some courses have no name."),
        ("curriculum.no-courses", "The curriculum has no courses."),
        ("curriculum.not-a-course", "A row of a curriculum has no course code and is left out of what is imported."),
        ("curriculum.quarter", "The file says quarters: complexity is two thirds of the sum."),
        ("curriculum.requisite-repeated", "A course requires another more than once."),
        ("curriculum.requisite-unknown", "A course requires one that is not in the file; this is not counted."),
        ("curriculum.requisites-unread", "A column of requisites is not one of the format; it is not counted."),
        ("curriculum.system-unknown", "The system of terms is not given or not known; semesters are taken."),
        ("curriculum.term-missing", "Some courses of a degree plan have no term; what rests on them is absent."),
        ("curriculum.terms-broken", "A term plan puts a course before what it requires."),
        ("curriculum.too-large", "A figure or a curriculum is larger than is computed."),
        ("date.future", "A decision is dated later than today."),
        ("date.invalid", "A date is not of the form 2026-03-02."),
        ("decision.reworded", "Decided pairs have other words now and wait for review again."),
        ("decision.statement-gone", "Decided pairs lose a statement and would count for nothing."),
        ("document.damaged", "A PDF, DOCX or HTML file cannot be read."),
        ("document.encrypted", "A document is protected by a password."),
        ("document.no-table", "A document has no table of this kind."),
        ("document.ocr", "The text of pages was recognised from pictures and may hold errors."),
        ("document.ocr-failed", "The program that recognises text in pictures gave none."),
        ("document.page-unread", "A page of a document could not be read."),
        ("document.page-without-text", "Pages of a document hold no text."),
        ("document.scan", "A document has no text at all: it is a scan."),
        ("document.stopped", "Reading a document was stopped."),
        ("document.too-large", "A document is larger, longer or deeper than is taken."),
        ("edition.gone", "Courses of an earlier edition are not in the file."),
        ("file.binary", "The file is neither a text nor a workbook."),
        ("file.damaged", "The file is cut or damaged."),
        ("file.empty", "The file is empty."),
        ("file.encoding", "The file's encoding is broken or cannot be told."),
        ("file.encoding-guessed", "The file is not UTF-8; its encoding was guessed."),
        ("file.encrypted", "The file has a password."),
        ("file.own-report", "The file is a report that Credway exported for people."),
        ("file.refused", "The file is built in a way that harms who opens it."),
        ("file.too-large", "The file is larger than is taken."),
        ("json.invalid", "The JSON cannot be read."),
        ("json.shape", "The JSON is not a list of objects."),
        ("json.too-deep", "Values of the JSON are nested deeper than is read."),
        ("json.truncated", "The JSON ends too early."),
        ("learner.course-code", "A course code in a learner's file cannot be read; the row is left out."),
        ("learner.credits", "Credits in a learner's file cannot be read; the catalogue's are taken."),
        (
            "learner.credits-assumed",
            "Credits of some courses are assumed: neither the file nor the catalogue gives them.",
        ),
        ("learner.exception-unclear", "An exception names a program or requirement that is not there."),
        ("learner.grade", "A grade in a learner's file is not known; the course counts as not passed."),
        ("learner.grade-and-passed", "A grade and the column “passed” disagree; the column is taken."),
        ("learner.missing", "A cell that must be filled in a learner's file is empty; the row is left out."),
        ("learner.no-column", "A learner's file lacks a column that must be there."),
        (
            "learner.no-credits",
            "A course has credits neither in the learner's file nor in the catalogue; it is left out.",
        ),
        ("learner.not-in-catalogue", "A course taken is not in the catalogue; it counts by its code alone."),
        ("learner.source", "Where credit comes from is not known; it counts as brought from elsewhere."),
        ("learner.too-many", "A learner's file has more rows than are read."),
        ("learner.unclear", "A cell of a learner's file is neither yes nor no."),
        ("learner.unread", "Columns of a learner's file are not read."),
        ("mapping.kind", "The mapping was made for another kind of file."),
        ("mapping.missing", "A required field has no column."),
        ("mapping.no-column", "A mapped column is not in the file."),
        ("mapping.source-kept", "A column that says where figures come from is kept with the file only."),
        ("mapping.unread", "Columns of the file are not read."),
        ("number.invalid", "A figure is not a number, is out of range, or is finer than is kept."),
        ("pathway.circle", "A component of a pathway waits for itself."),
        ("pathway.condition-unknown", "The condition of a component names a component that is not there."),
        ("pathway.contradiction", "The condition of a component asks for something and for its absence."),
        ("pathway.dead-end", "A component leads to no destination and is no exit."),
        ("pathway.embedding-not-optional", "An exam is called optional, but a credential cannot be had without it."),
        ("pathway.embedding-not-required", "An exam is called required, but no credential's condition asks for it."),
        ("pathway.embedding-unknown", "A word is no embedding model; M1 to M10 are."),
        ("pathway.exam-unknown", "An exam stands for no blueprint: nothing says when a learner is ready for it."),
        ("pathway.exit-empty", "Who gets off at an exit holds no credential."),
        (
            "pathway.exit-unproved",
            "An exit or destination stands for no program or credential: no plan can prove that it is had.",
        ),
        ("pathway.kind-unknown", "A word is no kind of component."),
        ("pathway.no-destination", "A pathway has no destination."),
        ("pathway.role-unknown", "A word is no role; on-ramp, off-ramp and destination are."),
        ("pathway.too-large", "A pathway has more components than are taken."),
        ("pathway.unreachable", "Nobody can reach a component: what comes before it cannot be reached."),
        ("pathway.unreadable", "A key or a condition cannot be read."),
        ("record.conflict", "Rows of one blueprint or program contradict each other about the whole."),
        ("record.course-code", "A course code is missing or not of the form ITSY 1300."),
        ("record.duplicate", "Two records have the same code."),
        ("record.gone", "Statements that were there before are not in the file any more and go."),
        ("record.missing", "A required value is missing."),
        ("record.not-assessed", "An outcome's assessment is given as none, and is read as none."),
        ("record.parent", "A record names a parent that is not in the file."),
        ("record.statement-missing", "A competency has no statement; its description stands for it."),
        ("record.word-unknown", "A word is not among those known here."),
        ("reference.collection", "A collection's title cannot be taken."),
        ("reference.component", "A component stands for something that is not there; it stands for nothing."),
        ("reference.course", "A course is named that is not there."),
        ("reference.course-year", "A program's course is there for another catalogue year only; that one was taken."),
        ("reference.crosswalk", "A program or blueprint is named that is not there."),
        ("reference.institution", "The database has no institution yet; one without a name owns what came in."),
        ("reference.objective", "An objective is named that is not there, or several are."),
        ("reference.organization", "An organization is named that was not there; it was added by its name."),
        ("reference.outcome", "An outcome is named that is not there."),
        ("reference.program", "A program is named that is not there, or several are."),
        ("reference.reviewer", "Two reviewers differ by capitals only and count as two people."),
        ("reference.reviewer-account", "Decisions are given in the name of somebody else who has an account here."),
        ("requirements.cell-unused", "A cell of a requirement means nothing in its row and is not kept."),
        ("requirements.circle", "Requirements stand under one another in a circle."),
        ("requirements.count", "More parts or courses are asked for than there are."),
        ("requirements.course-unknown", "A requirement names courses that are not in the catalogue; they are kept."),
        (
            "requirements.courses-missing",
            "A requirement has neither parts nor courses, or asks for all of an open set.",
        ),
        ("requirements.courses-unread", "The courses of a requirement are not in the language of course sets."),
        ("requirements.grade-unread", "A least grade is neither points nor a letter."),
        ("requirements.marks", "A requirement goes by marks, which the catalogue does not keep."),
        ("requirements.name-missing", "A limit has no name."),
        ("requirements.name-repeated", "Two requirements of a program have the same name."),
        ("requirements.needs-unread", "What a requirement needs is not in the words that are known."),
        ("requirements.no-course", "No course of the catalogue can meet a requirement."),
        ("requirements.parent-unknown", "A requirement stands under one that is not there or has no parts."),
        ("requirements.parts-mixed", "A requirement has parts and also courses, or a count that is none of parts."),
        ("requirements.program-repeated", "The requirements of one program stand under two names."),
        ("requirements.repeated", "Something is asked of the whole award twice."),
        ("requisite.ambiguous", "Requisites can be read in more than one way; a documented rule decided."),
        ("requisite.cycle", "Courses require one another in a circle."),
        ("requisite.description", "Other words follow the requisites; they are not read as requisites."),
        ("requisite.form", "Requisites given as a tree are not in its form."),
        ("requisite.itself", "A course requires itself."),
        ("requisite.not-understood", "The words of the requisites were not understood and stay text."),
        ("requisite.partly", "Some words of the requisites were not understood and stay text."),
        ("sheet.choice", "Which sheets of a workbook are read and which are not."),
        ("sheet.error-cell", "A cell shows an error; nothing is read from it."),
        ("sheet.hidden", "Hidden sheets are not read."),
        ("sheet.missing", "No sheet of the workbook can be read, or the one that was named is not there."),
        ("sheet.no-head", "A column of a sheet has no head and is not read."),
        ("sheet.no-value", "A formula's value is not stored in the file; nothing is read from it."),
        ("table.no-rows", "The table has no rows."),
        ("table.ragged-row", "A row has more or fewer cells than the head."),
        ("table.repeated-head", "Two columns have the same head."),
        ("table.title-line", "Lines above the column heads are not read."),
        ("table.unreadable", "The table cannot be read."),
        ("text.control", "A text holds a control character."),
        ("text.formula", "A cell is a spreadsheet formula."),
        ("text.markup", "A text holds HTML."),
        ("text.too-long", "A text is longer than is taken."),
    ]
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn every_code_in_the_sources_is_listed_and_sorted() {
        let listed: Vec<&str> = codes().iter().map(|(code, _)| *code).collect();
        assert!(listed.is_sorted());
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut used = std::collections::BTreeSet::new();
        let quoted = regex::Regex::new(
            r#""((?:blueprint|catalogue|correction|credential|curriculum|date|decision|document|edition|file|json|learner|mapping|number|pathway|record|reference|requirements|requisite|sheet|table|text)\.[a-z]+(?:-[a-z]+)*)""#,
        )
        .unwrap();
        let mut folders = vec![
            crates.join("import/src"),
            crates.join("model/src"),
            crates.join("workflow/src"),
            crates.join("plan/src/walk"),
        ];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("code.rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    used.extend(quoted.captures_iter(&text).map(|found| found[1].to_owned()));
                }
            }
        }
        let missing: Vec<&String> = used
            .iter()
            .filter(|code| !listed.contains(&code.as_str()) && !code.ends_with(".rs") && !code.ends_with(".csv"))
            .collect();
        assert!(missing.is_empty(), "not listed: {missing:?}");
        let unused: Vec<&&str> = listed.iter().filter(|code| !used.contains(**code)).collect();
        assert!(unused.is_empty(), "listed but never used: {unused:?}");
    }
}
