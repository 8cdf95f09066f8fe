//! What the two colleges teach, as files.

use credway_workflow::Kind;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "plum anchor violet turbine";

/// The institution that operates the deployment, and the other one.
pub(super) const HOME: &str = "Harbor College";
pub(super) const OTHER: &str = "Inland College";

/// The institution that operates the deployment, or the other.
pub(super) const fn college(home: bool) -> &'static str {
    if home { HOME } else { OTHER }
}

/// The programs: two at home, one at the other college.
pub(super) const PROGRAMS: [(&str, &str); 3] = [(HOME, "Security"), (HOME, "Networking"), (OTHER, "Defence")];

/// The blueprint's name.
pub(crate) const BLUEPRINT: &str = "Harbor Guard HG-1";
/// The blueprint of the crosswalks that are signed.
pub(super) const SIGNED: &str = "Harbor Watch HW-1";

/// Files to import, in order.
pub(super) fn files() -> Vec<(Kind, String, String)> {
    let (mut files, mut pathways) = (Vec::new(), Vec::new());
    for (college, code, title) in [
        (HOME, "ITSY 1300", "Security & <Networks>"),
        (HOME, "ITNW 1325", "Fundamentals of Networking"),
        (OTHER, "DEFN 2301", "Network Defence"),
    ] {
        let heads = "organization,code,title,credits,description,catalogue_year\n";
        let course = format!("{college},{code},{title},3,Protecting what is sent.,2026-2027\n");
        files.push((Kind::Courses, format!("courses-{code}.csv"), format!("{heads}{course}")));
        let outcomes = format!(
            "organization,course,code,kind,statement,level,assessed_by\n\
             {college},{code},O1,outcome,Configure a firewall to filter network traffic,introduced,lab exam\n\
             {college},{code},O2,outcome,Explain the types of malware and how they spread,reinforced,\n"
        );
        files.push((Kind::Outcomes, format!("outcomes-{code}.csv"), outcomes));
    }
    for ((college, program), course) in PROGRAMS.iter().zip(["ITSY 1300", "ITNW 1325", "DEFN 2301"]) {
        let text = format!(
            "organization,program,award,cip,catalogue_year,total_credits,course,group\n\
             {college},{program},AAS,11.1003,2026-2027,60,{course},Core\n"
        );
        files.push((Kind::Program, format!("program-{program}.csv"), text));
    }
    let blueprint = "credential,version,effective,retires,domain_code,domain,weight,objective_code,objective,parent_code,source\n\
        Harbor Guard,HG-1,2026-01-01,,1,Networks,60%,,,,\n\
        Harbor Guard,HG-1,2026-01-01,,1,Networks,,1.1,Configure a firewall to filter network traffic,,\n\
        Harbor Guard,HG-1,2026-01-01,,2,Threats,40%,,,,\n\
        Harbor Guard,HG-1,2026-01-01,,2,Threats,,2.1,Explain types of malware and how they spread,,\n";
    for (college, program) in PROGRAMS {
        let text = format!(
            "organization,pathway,key,kind,name,stands_for,condition,roles\n\
             {college},{program} way,guard,assessment,Guard exam,{BLUEPRINT},,off-ramp\n\
             {college},{program} way,award,credential,{program} degree,{program} AAS,guard,destination\n"
        );
        pathways.push((Kind::Pathway, format!("pathway-{program}.csv"), text));
    }
    let other = blueprint.replace("Harbor Guard,HG-1", "Harbor Watch,HW-1");
    files.push((Kind::Blueprint, "blueprint.csv".to_owned(), blueprint.to_owned()));
    files.push((Kind::Blueprint, "watch.csv".to_owned(), other));
    files.extend(pathways);
    files
}

/// Courses that wait to be imported.
pub(super) fn waiting(college: &str) -> String {
    format!("organization,code,title,credits\n{college},ENGL 1301,Composition,3\n")
}
