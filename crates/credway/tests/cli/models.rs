//! A model of the deep engine from its folder to a ranking and away again.

use crate::college::College;

#[path = "../../../align/tests/small_model/mod.rs"]
mod small_model;

use small_model::{CONFIG, vocabulary, weights};

const QUERIES: &str = "id\ttext\tcontext\tgold\nq1\tConfigure role-based access control\t\tc1\n";
const CANDIDATES: &str = "id\ttext\tcontext\nc1\tSet up role-based access control\t\nc2\tCompose a fugue\t\n";

#[test]
fn a_model_is_added_used_and_taken_away() {
    let college = College::empty();
    for folder in ["small", "other/small"] {
        std::fs::create_dir_all(college.path(folder)).unwrap();
    }
    for (name, bytes) in
        [("config.json", CONFIG.into()), ("vocab.txt", vocabulary()), ("model.safetensors", weights(None))]
    {
        college.file(&format!("small/{name}"), bytes);
    }
    college.file("q.tsv", QUERIES);
    college.file("c.tsv", CANDIDATES);
    let ranking = ["bench", "align", "--queries", "q.tsv", "--candidates", "c.tsv", "--engine", "deep"];
    let missing = college.json(&ranking, 2);
    assert!(missing["error"].as_str().unwrap().contains("no model"), "{missing}");

    let added = college.json(&["model", "add", "small"], 0);
    assert_eq!(added["name"], "small");
    let digests = added["files"].as_array().unwrap().iter().map(|file| file["sha256"].as_str().unwrap().len());
    assert_eq!(digests.collect::<Vec<_>>(), [64, 64, 64]);
    assert_eq!(college.json(&["model", "list"], 0)["models"][0]["files"], added["files"]);
    let ranked = college.json(&ranking, 0);
    assert!(ranked["engine"].as_str().unwrap().starts_with("deep "), "{ranked}");
    assert_eq!(ranked["hit1"], 1.0);
    assert_eq!(college.json(&["model", "add", "small"], 0), added, "the same again is no harm");

    // Another model of the same name is no update.
    college.file("other/small/vocab.txt", vocabulary());
    college.file("other/small/model.safetensors", weights(None));
    college.file("other/small/config.json", CONFIG.replace("1e-12", "1e-5"));
    let refused = college.json(&["model", "add", "other/small"], 2);
    assert!(refused["error"].as_str().unwrap().contains("another model is called small"), "{refused}");
    assert_eq!(college.json(&ranking, 0)["engine"], ranked["engine"]);
    college.json(&["model", "remove", "small"], 0);
    assert_eq!(college.json(&ranking, 2), missing);
}
