//! The documented templates: a head and two or three rows in our own words, and what each column may hold.

use credway_documents::Sheet;

use crate::Kind;
use crate::mapping::fields;

/// Name of the sheet that explains the columns of a workbook template.
pub const ABOUT_SHEET: &str = "About the columns";
/// Heads of that sheet. A sheet that begins with them is passed by when the workbook is imported.
pub const ABOUT_HEADS: [&str; 5] = ["Column", "Required", "In the first sheet", "What it may hold", "Example"];

/// A column of a template, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateColumn {
    /// Its head.
    pub name: &'static str,
    /// Whether it must be filled.
    pub required: bool,
    /// Whether the template has it; the others may be added.
    pub in_template: bool,
    /// Whether its cells are figures to reckon with.
    pub figure: bool,
    /// What it may hold.
    pub holds: &'static str,
    /// The first value the template's rows have there; empty where they have none.
    pub example: String,
}

/// The CSV template of a kind of file.
#[must_use]
pub const fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => {
            "name,kind,city,region,url\n\
             Lantern Bay Community College,college,Houston,Texas,\n\
             Gulf Testing Board,certification_body,,,\n"
        }
        Kind::Credential => {
            "title,type,issuer,awarded_for,assessment,validity_months,renewal,revocable,accreditation,exam_code,cost_usd,cost_note,source,source_date\n\
             Harbor Technician,certification,Gulf Testing Board,assessment,90-question proctored exam,36,60 continuing education units,yes,,HT-2,240.00,first attempt,https://example.org/fees,2026-01-15\n"
        }
        Kind::Courses => {
            "organization,code,title,credits,lecture_hours,lab_hours,contact_hours,description,prerequisites,corequisites,requisites,terms_offered,catalogue_year\n\
             Lantern Bay Community College,ITSY 1300,Fundamentals of Information Security,3,2,2,64,Basic ideas of protecting information and systems.,,,,fall;spring,2026-2027\n\
             Lantern Bay Community College,ITSY 2301,Firewalls and Network Security,3,2,2,64,Building and running network defences.,ITSY 1300,,ITSY 1300,spring,2026-2027\n"
        }
        Kind::Outcomes => {
            "organization,course,catalogue_year,code,kind,statement,level,assessed_by\n\
             Lantern Bay Community College,ITSY 1300,2026-2027,O1,outcome,Explain how confidentiality and availability pull against each other in a small network,introduced,written exam\n\
             Lantern Bay Community College,ITSY 2301,2026-2027,O1,outcome,Configure a packet filter from a written policy and test it,mastered,practical exam\n"
        }
        Kind::Program => {
            "organization,program,award,cip,soc,catalogue_year,total_credits,course,group\n\
             Lantern Bay Community College,Cybersecurity,AAS,11.1003,15-1212,2026-2027,60,ITSY 1300,Core\n\
             Lantern Bay Community College,Cybersecurity,AAS,11.1003,15-1212,2026-2027,60,ITSY 2301,Core\n"
        }
        Kind::Requirements => {
            "program,requirement,under,needs,courses,least_grade,overlay\n\
             Cybersecurity AAS,Core,,all,\"ITSY 1300, ITSY 2301\",C,\n\
             Cybersecurity AAS,Electives,,1 of these,,,\n\
             Cybersecurity AAS,Networks,Electives,6 credits,ITCC courses but not ITCC 1301,,\n\
             Cybersecurity AAS,Programming,Electives,2 courses,ITSE 1300-2499,,\n\
             Cybersecurity AAS,Writing,,1 course,\"marked \"\"writing\"\"\",,yes\n\
             Cybersecurity AAS,,,total 60 credits,,,\n\
             Cybersecurity AAS,,,residency 15 credits,,,\n\
             Cybersecurity AAS,,,average 2.00,,,\n"
        }
        Kind::Pathway => {
            "organization,pathway,description,key,kind,name,stands_for,condition,roles,embedding,readiness,amount_usd,source,source_date\n\
             Lantern Bay Community College,Harbor security,From first course to degree with work on the way,,tuition per credit,,,,,,,82.00,https://example.org/tuition,2026-01-15\n\
             Lantern Bay Community College,Harbor security,,degree,credential,AAS in Cybersecurity,Cybersecurity AAS,,destination,,,,,\n\
             Lantern Bay Community College,Harbor security,,harbor-exam,assessment,Harbor Technician exam,Harbor Technician HT-2,,off-ramp,M1,70,38000.00,https://example.org/wages,2026-01-15\n"
        }
        Kind::Blueprint => {
            "credential,version,effective,retires,domain_code,domain,weight,objective_code,objective,parent_code\n\
             Harbor Technician,HT-2,2026-01-01,,1,Safe mooring,40%,,,\n\
             Harbor Technician,HT-2,2026-01-01,,1,Safe mooring,,1.1,Choose lines for the expected load,\n\
             Harbor Technician,HT-2,2026-01-01,,2,Cargo records,60%,,,\n\
             Harbor Technician,HT-2,2026-01-01,,2,Cargo records,,2.1,Complete a manifest without omissions,\n\
             Harbor Technician,HT-2,2026-01-01,,2,Cargo records,,2.1.1,Record dangerous goods,2.1\n"
        }
        Kind::Framework => {
            "code,statement,description,alternatives,kind,parent_code\n\
             S1,inspect mooring lines,Look for wear and judge whether a line may be used again.,check ropes,skill,\n"
        }
        Kind::Decisions => {
            "program,blueprint,course,outcome,objective,decision,strength,level,reason,reviewer,date,settles\n\
             Cybersecurity,Harbor Technician HT-2,ITSY 2301,O1,2.1,accept,partial,mastered,covers the record but not its check,Ada Ramos,2026-03-02,\n\
             Cybersecurity,Harbor Technician HT-2,ITSY 1300,O1,1.1,reject,,,not about lines,Ada Ramos,2026-03-02,\n"
        }
    }
}

/// The rows of the template as cells, the heads first.
#[must_use]
pub fn template_rows(kind: Kind) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(template(kind).as_bytes());
    reader.into_records().flatten().map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// Every column of a kind of file: those of its template in their order, then those that may be added.
#[must_use]
pub fn template_columns(kind: Kind) -> Vec<TemplateColumn> {
    let rows = template_rows(kind);
    let heads = rows.first().map_or(&[][..], Vec::as_slice);
    let mut columns: Vec<(usize, TemplateColumn)> = fields(kind)
        .iter()
        .map(|field| {
            let at = heads.iter().position(|head| head == field.name);
            let filled = |at: usize| rows[1..].iter().map(|row| &row[at]).find(|cell| !cell.is_empty()).cloned();
            let column = TemplateColumn {
                name: field.name,
                required: field.required,
                in_template: at.is_some(),
                figure: field.figure,
                holds: field.holds,
                example: at.and_then(filled).unwrap_or_default(),
            };
            (at.unwrap_or(usize::MAX), column)
        })
        .collect();
    columns.sort_by_key(|(at, _)| *at);
    columns.into_iter().map(|(_, column)| column).collect()
}

/// Whether a sheet is the one that explains a template's columns.
pub(crate) fn explains(sheet: &Sheet) -> bool {
    let first = sheet.rows.values().next();
    first.is_some_and(|cells| cells.values().map(|cell| cell.trim()).eq(ABOUT_HEADS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_template_is_a_field_and_explained() {
        for kind in Kind::ALL {
            let heads = template_rows(kind).remove(0);
            let columns = template_columns(kind);
            let own: Vec<&str> = columns.iter().filter(|one| one.in_template).map(|one| one.name).collect();
            assert_eq!(heads, own, "{kind:?}");
            assert!(columns.iter().all(|one| !one.holds.is_empty()), "{kind:?}");
        }
    }
}
