//! Made-up workspaces that break one rule each: the checker must say so, and must be silent on one that is right.

use crate::rules::{Violation, check, long_files};
use crate::source::Source;
use crate::workspace::{Crate, Workspace};

fn made_up(name: &str, manifest: &str, file: &str, text: &str) -> Workspace {
    let sources = vec![Source::new(format!("crates/{name}/{file}"), text.to_owned())];
    let one = Crate { name: name.to_owned(), manifest: manifest.parse().unwrap(), sources };
    Workspace { crates: vec![one], architecture: format!("`crates/{name}` is the crate"), findings: String::new() }
}

/// The rules broken by a crate with this manifest and one file `src/lib.rs` holding `text` below its opening.
fn broken(name: &str, manifest: &str, text: &str) -> Vec<(&'static str, Option<usize>)> {
    let workspace = made_up(name, manifest, "src/lib.rs", &format!("//! Made up.\n{text}\n"));
    check(&workspace).iter().map(|violation| (violation.rule, violation.line)).collect()
}

const LAW_1: &str = "law 1: nouns and engines know nothing outside";
const LAW_8_TRANSACTIONS: &str = "law 8: transactions open only in workflow";
const LAW_8_SQL: &str = "law 8: faces hold no SQL";

#[test]
fn a_right_crate_breaks_nothing() {
    let right: [(&str, &str, &str); 6] = [
        (
            "align",
            "[dependencies]\ncredway-model = {}\nrayon = '1'",
            "use credway_model::Text; // std::fs is for others",
        ),
        (
            "publish",
            "[dependencies]\ncredway-align = {}",
            "use credway_align::Coverage;\nfn f() { std::fs::read(\"x\"); }",
        ),
        ("workflow", "[dependencies]\ncredway-store = {}", "async fn f() { store.write().await; }"),
        (
            "web",
            "[dependencies]\ncredway-workflow = {}",
            "use credway_workflow::Workbench;\nconst A: &str = \"Select a course\";",
        ),
        (
            "credway",
            "[dependencies]\ncredway-cli = {}\ncredway-web = {}",
            "use credway_cli::run; use credway_web::serve;",
        ),
        ("model", "", "#[cfg(test)]\nmod tests { fn f() { std::fs::read(\"x\"); } }\nfn credway_is_a_word() {}"),
    ];
    for (name, manifest, text) in right {
        assert_eq!(broken(name, manifest, text), [], "{name}");
    }
}

#[test]
fn only_plan_knows_the_solver() {
    let manifest = "[dependencies]\nhighs = '2'";
    assert_eq!(broken("plan", manifest, ""), []);
    assert_eq!(broken("workflow", manifest, ""), [("only plan knows the solver", None)]);
}

#[test]
fn a_broken_arrow_is_caught_in_manifest_and_source() {
    let arrows: [(&str, &str, &str); 10] = [
        ("model", "credway-align", "credway_align"),
        ("align", "credway-store", "credway_store"),
        ("align", "credway-plan", "credway_plan"),
        ("publish", "credway-import", "credway_import"),
        ("store", "credway-workflow", "credway_workflow"),
        ("workflow", "credway-web", "credway_web"),
        ("cli", "credway-web", "credway_web"),
        ("web", "credway-cli", "credway_cli"),
        ("web", "credway-import", "credway_import"),
        ("credway", "credway-publish", "credway_publish"),
    ];
    for (name, package, module) in arrows {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            assert_eq!(
                broken(name, &format!("[{kind}]\n{package} = {{}}"), ""),
                [("arrows", None)],
                "{name} {package}"
            );
        }
        assert_eq!(
            broken(name, "", &format!("fn f() {{}}\nuse {module}::Thing;")),
            [("arrows", Some(3))],
            "{name} {module}"
        );
    }
    assert_eq!(broken("helpers", "", ""), [("arrows", None)]);
}

#[test]
fn an_engine_that_looks_outside_is_caught() {
    for text in [
        "use std::time::Instant;",
        "fn f() { jiff::Timestamp::now(); }",
        "fn f() { jiff::Zoned::now(); }",
        "fn f() { rand::random(); }",
        "fn f() { Uuid::new_v4(); }",
        "fn f() { std::env::var(\"HOME\"); }",
        "fn f() { std::fs::read(\"x\"); }",
        "use std::net::TcpStream;",
        "use std::{fmt, fs};",
        "use std::{collections::BTreeMap, time::{Duration}};",
        "use {std::{env}};",
        "use {std::fs};",
        "async fn f() {}",
    ] {
        assert_eq!(broken("align", "", text), [(LAW_1, Some(2))], "{text}");
        assert_eq!(broken("import", "", text), [], "{text}");
    }
    assert_eq!(broken("model", "[dependencies]\ntokio = '1'", ""), [(LAW_1, None)]);
    assert_eq!(broken("model", "[dev-dependencies]\ntokio = '1'", ""), []);
}

#[test]
fn an_address_without_a_rule_or_a_visit_is_caught() {
    let broken_in = |file: &str, text: &str| {
        let workspace = made_up("web", "", file, &format!("//! Made up.\n{text}\n"));
        check(&workspace).iter().map(|violation| (violation.rule, violation.line)).collect::<Vec<_>>()
    };
    let unruled = "addresses are registered with a rule";
    for text in ["fn f() { Router::new().route(\"/x\", get(x)) }", "fn f() { router.nest(\"/x\", other) }"] {
        assert_eq!(broken_in("src/routes/x.rs", text), [(unruled, Some(2))], "{text}");
        assert_eq!(broken_in("src/observe.rs", text), [(unruled, Some(2))], "{text}");
        assert_eq!(broken_in("src/routing.rs", text), [], "{text}");
        assert_eq!(broken_in("tests/serving/main.rs", text), [], "{text}");
    }
    let without_visit = "async fn show(State(state): State<AppState>) {}";
    let handlers = "handlers take a visit";
    assert_eq!(broken_in("src/routes/x.rs", without_visit), [(handlers, Some(2)), (handlers, Some(2))]);
    assert_eq!(broken_in("src/api/x.rs", without_visit).len(), 2);
    assert_eq!(broken_in("src/guard.rs", without_visit), []);
    assert_eq!(broken_in("src/routes/x.rs", "async fn show(visit: Visit) {}"), []);
}

#[test]
fn a_transaction_or_sql_in_a_face_is_caught() {
    for text in ["fn f() { database.begin(); }", "fn f() { Store::write(&store); }", "fn f() { store.write().await; }"]
    {
        assert_eq!(broken("web", "", text), [(LAW_8_TRANSACTIONS, Some(2))], "{text}");
        assert_eq!(broken("publish", "", text), [(LAW_8_TRANSACTIONS, Some(2))], "{text}");
    }
    for text in [
        "use sea_orm::Entity;",
        "const Q: &str = \"SELECT * FROM course\";",
        "const Q: &str = r\"DELETE FROM course\";",
    ] {
        assert_eq!(broken("cli", "", text), [(LAW_8_SQL, Some(2))], "{text}");
        assert_eq!(broken("workflow", "", text), [], "{text}");
    }
}

#[test]
fn a_file_without_opening_and_a_long_file_are_caught() {
    let rules = |text: &str| -> Vec<&str> {
        check(&made_up("model", "", "src/lib.rs", text)).iter().map(|violation| violation.rule).collect()
    };
    assert_eq!(rules("// no\n"), ["opening"]);
    assert_eq!(rules(&format!("//! Long.\n{}", "\n".repeat(399))), [""; 0]);
    let long = made_up("model", "", "src/lib.rs", &format!("//! Long.\n{}", "\n".repeat(400)));
    let lengths = |allowed: &[(&str, &str)]| {
        let mut found: Vec<Violation> = Vec::new();
        long_files(&long, allowed, &mut found);
        found.len()
    };
    assert_eq!(lengths(&[]), 1);
    assert_eq!(lengths(&[("crates/model/src/lib.rs", "")]), 1);
    assert_eq!(lengths(&[("crates/model/src/lib.rs", "a table")]), 0);
    assert_eq!(lengths(&[("crates/model/src/lib.rs", "a table"), ("crates/model/src/gone.rs", "was a table")]), 1);
}

#[test]
fn a_map_that_does_not_fit_is_caught() {
    let mut workspace = made_up("model", "", "src/lib.rs", "//! Made up.\n");
    workspace.architecture = "`crates/plan` plans.".to_owned();
    let found: Vec<String> = check(&workspace).iter().map(|violation| violation.what.clone()).collect();
    assert_eq!(found, ["does not name crates/model", "names crates/plan, which is not there"]);
}

#[test]
fn a_finding_the_guide_does_not_explain_is_caught() {
    let text = "//! Made up.\nconst A: &str = \"course.twice\";\n#[cfg(test)]\nmod tests { const B: &str = \"course.tested\"; }\n";
    let mut workspace = made_up("import", "", "src/lib.rs", text);
    workspace.findings = "| `course.gone` | and a file `courses.csv` |".to_owned();
    let found: Vec<_> = check(&workspace).iter().map(|violation| (violation.rule, violation.line)).collect();
    assert_eq!(found, [("guide", Some(2)), ("guide", None)]);
    workspace.findings = "`course.twice`".to_owned();
    assert_eq!(check(&workspace), []);
}
