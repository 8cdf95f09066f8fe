//! The command-line reference of the guide, written from the commands themselves, and the test that keeps it so.

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
        let _ = write!(words, " [{}]", shown(argument));
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
        if !flag && !defaults.is_empty() {
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
