//! The guide and the commands say the same: the reference is written from the commands, and every command line the guide
//! shows can be typed.

use std::fmt::Write;
use std::path::Path;

use clap::{Arg, Command};

const BEGIN: &str = "<!-- reference: begin; written by `CREDWAY_RENEW=1 cargo test -p credway-cli reference` -->";
const END: &str = "<!-- reference: end -->";

/// Every command with its arguments, as Markdown.
fn reference(command: &mut Command) -> String {
    command.build();
    let mut text = String::new();
    section(command, "", &mut text);
    text
}

fn section(command: &Command, above: &str, text: &mut String) {
    let name = if above.is_empty() { command.get_name().to_owned() } else { format!("{above} {}", command.get_name()) };
    if command.get_name() == "help" {
        return;
    }
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let wanted = |argument: &&Arg| {
        !argument.is_hide_set()
            && !matches!(argument.get_id().as_str(), "help" | "version")
            && (above.is_empty() || !argument.is_global_set())
    };
    let arguments: Vec<&Arg> = command.get_arguments().filter(wanted).collect();
    if !command.has_subcommands() || above.is_empty() {
        let title = if above.is_empty() { "Options of every command".to_owned() } else { format!("`{name}`") };
        let _ = write!(text, "\n### {title}\n\n");
        if !above.is_empty() {
            let _ = write!(text, "{about}.\n\n    {name}{}\n\n", usage(&arguments));
        }
        rows(&arguments, text);
    }
    for below in command.get_subcommands() {
        section(below, &name, text);
    }
}

fn usage(arguments: &[&Arg]) -> String {
    let mut words = String::new();
    for argument in arguments.iter().filter(|argument| argument.is_required_set()) {
        let _ = write!(words, " {}", shown(argument));
    }
    for argument in arguments.iter().filter(|argument| argument.is_positional() && !argument.is_required_set()) {
        let _ = write!(words, " {}", shown(argument));
    }
    if arguments.iter().any(|argument| !argument.is_positional() && !argument.is_required_set()) {
        words.push_str(" [OPTIONS]");
    }
    words
}

fn rows(arguments: &[&Arg], text: &mut String) {
    if arguments.is_empty() {
        return;
    }
    text.push_str("| Argument | Means |\n|---|---|\n");
    for argument in arguments {
        let mut means = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let flag = !argument.get_action().takes_values();
        let values: Vec<String> =
            argument.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
        if !flag && !values.is_empty() {
            let _ = write!(means, ": {}", values.join(", "));
        }
        let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !flag && !argument.is_hide_default_value_set() && !defaults.is_empty() {
            let _ = write!(means, " (else `{}`)", defaults.join(" "));
        }
        if let Some(variable) = argument.get_env() {
            let _ = write!(means, "; also from `{}`", variable.to_string_lossy());
        }
        let _ = writeln!(text, "| `{}` | {} |", shown(argument), means.replace('|', "\\|"));
    }
}

/// How an argument is typed: `--db <URL>`, `<NAME>`, `<FILES>...`.
fn shown(argument: &Arg) -> String {
    argument.to_string()
}

#[test]
fn the_reference_in_the_guide_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/src/command-line.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has the marker of the beginning");
    let (_, after) = rest.split_once(END).expect("the page has the marker of the end");
    let fresh = format!("{before}{BEGIN}\n{}\n{END}{after}", reference(&mut crate::command()));
    if std::env::var_os("CREDWAY_RENEW").is_some() {
        std::fs::write(&path, fresh).unwrap();
        return;
    }
    assert!(
        page == fresh,
        "docs/guide/src/command-line.md is not what the commands say: run `CREDWAY_RENEW=1 cargo test -p credway-cli reference`"
    );
}

/// The words of a line as a shell cuts it, without what follows a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for letter in line.split(" >").next().unwrap_or_default().chars().chain([' ']) {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(letter),
        }
    }
    words
}

#[test]
fn every_command_line_of_the_guide_can_be_typed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/src");
    let mut typed = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let page = std::fs::read_to_string(entry.path()).unwrap();
        let outside = page.split_once(BEGIN).map_or(page.as_str(), |(before, _)| before);
        let lines = outside.lines().filter_map(|line| line.strip_prefix("    ")).map(str::trim);
        for line in lines.filter(|line| line.starts_with("credway ") && !line.contains('[')) {
            let parsed = crate::command().try_get_matches_from(words(line));
            assert!(parsed.is_ok(), "{}: {line}\n{}", entry.path().display(), parsed.unwrap_err());
            typed += 1;
        }
    }
    assert!(typed > 10, "the guide shows commands, but only {typed} were found");
}
