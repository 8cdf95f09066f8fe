//! Decisions on outcomes of the published catalogue, and the coverage of the sample's Security+ blueprint that follows from them, worked
//! out by other code than the product's.
//!
//! Outcomes are named by how they begin; their words are read from the catalogue.

use std::collections::BTreeMap;

use serde_json::Value;

/// Course, beginning of an outcome, objective of the blueprint, and whether the outcome covers it in full.
const DECIDED: [(&str, &str, &str, bool); 32] = [
    ("SEC 300", "Describe physical and logical", "1.1", false),
    ("SEC 300", "Decompose system security", "1.2", false),
    ("SEC 300", "Explain how public key", "1.4", false),
    ("SEC 415", "Describe which cryptographic", "1.4", true),
    ("SEC 455", "Discuss various motives", "2.1", false),
    ("SEC 425", "Identify common attack vectors", "2.2", true),
    ("SEC 425", "Describe an attack on a specified node", "2.3", false),
    ("SEC 435", "Describe how an implementation", "2.3", false),
    ("SEC 415", "Explain the various possible attacks", "2.4", false),
    ("SEC 425", "Perform various possible attacks", "2.4", false),
    ("SEC 335", "Discuss the need to update", "2.5", false),
    ("SEC 435", "Assess threats to", "2.5", true),
    ("SEC 335", "Discuss how intrusion detection", "3.2", false),
    ("SEC 415", "Discuss the importance of protection", "3.3", true),
    ("SEC 335", "Explain what resilience", "3.4", false),
    ("SEC 445", "Discuss the process of disaster", "3.4", false),
    ("CSC 374", "Set Up Permissions", "4.1", false),
    ("SEC 415", "Describe the various techniques for data", "4.2", false),
    ("SEC 425", "Be able to perform network and host", "4.3", true),
    ("CSC 374", "Monitor System", "4.4", false),
    ("SEC 335", "Understand and implement system", "4.4", true),
    ("CSC 374", "Set Up Firewall", "4.5", false),
    ("SEC 415", "Explain the importance of multifactor", "4.6", true),
    ("CSC 374", "Perform Automation", "4.7", false),
    ("SEC 445", "Execute standard functions", "4.8", true),
    ("SEC 455", "Describe what a digital investigation", "4.9", false),
    ("SEC 445", "Describe the major types", "5.1", true),
    ("SEC 445", "Perform identification", "5.2", true),
    ("SEC 445", "Identify and mitigate risks", "5.3", true),
    ("SEC 445", "Explain how organizations achieve", "5.4", true),
    ("SEC 425", "Describe what a penetration test", "5.5", true),
    ("SEC 445", "Understand the purpose, content", "5.6", true),
];

/// Domain, its weight in per cent and how many objectives it has: CompTIA's SY0-701, as the sample's blueprint says.
const DOMAINS: [(&str, f64, u32); 5] = [("1", 12.0, 4), ("2", 22.0, 5), ("3", 18.0, 4), ("4", 28.0, 9), ("5", 20.0, 6)];

/// The decisions as a table to import.
pub(crate) fn decisions(courses: &BTreeMap<String, Value>) -> String {
    let mut table = "program,blueprint,course,outcome,objective,decision,strength\n".to_owned();
    for (course, begins, objective, full) in DECIDED {
        let outcomes = courses[course]["objectives"].as_array().unwrap();
        let named: Vec<&str> =
            outcomes.iter().filter_map(|one| one["text"].as_str()).filter(|text| text.starts_with(begins)).collect();
        let [outcome] = named[..] else { panic!("{course}: “{begins}” begins {named:?}") };
        let strength = if full { "full" } else { "partial" };
        table.push_str(&format!(
            "Cybersecurity BS,CompTIA Security+ SY0-701,{course},\"{}\",{objective},accept,{strength}\n",
            outcome.replace('"', "\"\"")
        ));
    }
    table
}

/// Coverage of the blueprint by courses, in per cent: of each objective the best of its courses, 1 in full and ½ in part.
pub(crate) fn coverage(held: &[&str]) -> f64 {
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for (_, _, objective, full) in DECIDED.into_iter().filter(|(course, ..)| held.contains(course)) {
        let score = best.entry(objective).or_default();
        *score = score.max(if full { 1.0 } else { 0.5 });
    }
    let share = |objective: &str| {
        let domain = DOMAINS.into_iter().find(|(code, ..)| objective.starts_with(code)).unwrap();
        domain.1 / f64::from(domain.2)
    };
    best.iter().map(|(objective, score)| share(objective) * score).sum()
}
