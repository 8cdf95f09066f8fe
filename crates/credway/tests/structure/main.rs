//! The structure test: the map and the laws of ARCHITECTURE.md, checked on every file of the workspace.
//!
//! A failure names the rule, the file and the line. The checker is itself checked with made-up workspaces that break
//! each rule (`self_test`).

mod imports;
mod rules;
mod self_test;
mod source;
mod workspace;

use workspace::Workspace;

#[test]
fn the_workspace_keeps_its_laws() {
    let workspace = Workspace::read();
    let violations = rules::check(&workspace);
    assert!(
        violations.is_empty(),
        "{} violation(s) of ARCHITECTURE.md:\n{}",
        violations.len(),
        violations.iter().map(|violation| format!("  {violation}\n")).collect::<String>()
    );
}
