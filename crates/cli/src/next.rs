//! What to do next, as a command that can be typed.

use credway_workflow::{CrosswalkHead, Home, Named, NextStep};

use crate::arguments::Arguments;

/// The command the next step is done with, or a sentence where none does it.
pub(crate) fn command(home: &Home, arguments: &Arguments, default: &str, address: &str) -> String {
    let credway = credway(arguments, default, address);
    let pair = |id| {
        let head = home.crosswalks.iter().find(|head: &&CrosswalkHead| head.id == id);
        head.map_or_else(String::new, |head| options(&head.program, &head.blueprint))
    };
    match &home.next {
        NextStep::Begin => {
            format!("{credway} import courses FILE.csv   (the columns: credway template courses)")
        }
        NextStep::ImportCourses => format!("{credway} import courses FILE.csv, then outcomes and program"),
        NextStep::ImportBlueprint => {
            format!("{credway} import blueprint FILE.csv, once outcomes and program are in")
        }
        NextStep::MakeProgram => {
            format!("{credway} import program FILE.csv, or {credway} collection TITLE --courses \"ABCD *\"")
        }
        NextStep::Align { program, blueprint } => format!("{credway} align{}", options(program, blueprint)),
        NextStep::Settle { crosswalk, disputed, .. } => {
            format!("settle {disputed} disputed: {credway} review --show disputed{}", pair(*crosswalk))
        }
        NextStep::Review { crosswalk, open, .. } => {
            format!("review {open} open: {credway} review{}", pair(*crosswalk))
        }
        NextStep::Gaps { crosswalk, .. } => {
            format!("look at the gaps: {credway} coverage{}", pair(*crosswalk))
        }
    }
}

/// The program with the option for its database, where that is not the one it takes by itself.
pub(crate) fn credway(arguments: &Arguments, default: &str, address: &str) -> String {
    if arguments.db.is_some() || default != crate::commands::DEFAULT_DATABASE {
        format!("credway --db {}", quoted(address))
    } else {
        "credway".to_owned()
    }
}

/// The options that name a crosswalk.
pub(crate) fn options(program: &Named, blueprint: &Named) -> String {
    let name = |named: &Named| {
        let plain = named.name.chars().all(|letter| !matches!(letter, '"' | '$' | '`' | '\\' | '!'));
        if plain { quoted(&named.name) } else { named.id.to_string() }
    };
    format!(" --program {} --blueprint {}", name(program), name(blueprint))
}

/// In quotes where a shell needs them.
pub(crate) fn quoted(word: &str) -> String {
    let bare =
        word.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '/' | '.' | '-' | '_'));
    if bare { word.to_owned() } else { format!("\"{word}\"") }
}
