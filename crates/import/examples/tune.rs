use std::io::Read;
fn main() {
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let rows: Vec<(String, String, String)> = serde_json::from_str(&s).unwrap();
    for (code, kind, words) in rows {
        let r = credway_import::read_requisite(&words, kind == "co");
        let u = r.tree.as_ref().map_or("absent".to_owned(), |t| t.understood().to_string());
        println!("{u}\t{}\t{code}\t{}\t{}\t{}", r.ambiguous, words, r.tree.map_or(String::new(), |t| t.to_string()), r.prose.unwrap_or_default());
    }
}
