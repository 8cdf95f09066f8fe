//! The workspace as the checker sees it: crates with their manifests and sources, and the written map.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::Source;

/// One crate of the workspace.
pub(crate) struct Crate {
    /// Folder name, which is the package name without its prefix.
    pub(crate) name: String,
    /// The manifest.
    pub(crate) manifest: toml::Table,
    /// Its Rust files.
    pub(crate) sources: Vec<Source>,
}

impl Crate {
    /// Names of everything the manifest depends on, of all kinds, or only what the product itself needs.
    pub(crate) fn dependencies(&self, tests_too: bool) -> Vec<String> {
        let tables: &[&str] = if tests_too {
            &["dependencies", "dev-dependencies", "build-dependencies"]
        } else {
            &["dependencies", "build-dependencies"]
        };
        let own = tables.iter().filter_map(|table| self.manifest.get(*table)?.as_table());
        own.flat_map(|table| table.keys().cloned()).collect()
    }
}

/// The guide's list of findings.
pub(crate) const FINDINGS: &str = "docs/guide/src/findings.md";

/// Everything the rules look at.
pub(crate) struct Workspace {
    /// Crates in order of name.
    pub(crate) crates: Vec<Crate>,
    /// Text of ARCHITECTURE.md.
    pub(crate) architecture: String,
    /// Text of the guide's list of findings.
    pub(crate) findings: String,
}

impl Workspace {
    /// Reads the workspace this test belongs to.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut folders = entries(&root.join("crates"));
        folders.retain(|folder| folder.join("Cargo.toml").is_file());
        let crates = folders.iter().map(|folder| read_crate(&root, folder)).collect();
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { crates, architecture: text("ARCHITECTURE.md"), findings: text(FINDINGS) }
    }
}

fn read_crate(root: &Path, folder: &Path) -> Crate {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let mut paths = Vec::new();
    rust_files(folder, &mut paths);
    let sources = paths.iter().map(|path| {
        let shown = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        Source::new(shown, fs::read_to_string(path).unwrap())
    });
    Crate {
        name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        manifest: manifest.parse().unwrap_or_else(|error| panic!("{}: {error}", folder.display())),
        sources: sources.collect(),
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target" && name != "node_modules") {
                rust_files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}
