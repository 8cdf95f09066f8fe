//! What `model add`, `list` and `remove` refuse; that a whole model runs is told by `align`'s own tests.

use credway_workflow::{Models, WorkflowError};

fn refused<T: std::fmt::Debug>(result: Result<T, WorkflowError>, words: &str) {
    let error = result.unwrap_err().to_string();
    assert!(error.contains(words), "{error}");
}

#[test]
fn a_folder_without_a_model_is_refused_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let models = Models::in_folder(folder.path().join("models"));
    let given = folder.path().join("some-model");
    refused(models.add(&given), "no folder");
    std::fs::create_dir(&given).unwrap();
    refused(models.add(&given), "config.json cannot be read");
    for file in ["config.json", "vocab.txt", "model.safetensors"] {
        std::fs::write(given.join(file), "{}").unwrap();
    }
    refused(models.add(&given), "config.json cannot be read: missing field");
    assert_eq!(models.list().unwrap(), []);
    refused(models.engine(None).map(|_| ()), "no model");
    refused(models.remove("some-model"), "no model");
}

#[test]
fn a_card_cannot_lead_out_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (kept, models) = (folder.path().join("kept"), folder.path().join("models"));
    std::fs::create_dir_all(models.join("odd")).unwrap();
    std::fs::create_dir(&kept).unwrap();
    for name in ["..", "../kept", "", "other"] {
        std::fs::write(models.join("odd/model.toml"), format!("name = \"{name}\"\nfiles = []\n")).unwrap();
        let models = Models::in_folder(models.clone());
        refused(models.remove(name), "names another model");
        refused(models.engine(Some(name)).map(|_| ()), "names another model");
    }
    assert!(kept.is_dir() && models.join("odd").is_dir());
}
