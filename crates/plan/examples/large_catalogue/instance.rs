//! What is to be reached in a catalogue: three credentials one upon the other, four exams, loads, what is held already.

use serde_json::{Value, json};

use crate::catalogue::{Catalogue, SCIENCES, catalogue, strengths};
use crate::dice::Dice;

/// The instance of a seed, in the shape of the benchmark's JSON.
pub(crate) fn instance(seed: u64) -> Value {
    let mut dice = Dice::of_seed(seed);
    let made = catalogue(&mut dice);
    let programs = json!([certificate(&made), associate(&made), bachelor(&made, &mut dice)]);
    let exams = exams(&made, &mut dice);
    let transfer = seed.is_multiple_of(5);
    let prior_learning = transfer || seed % 5 == 3;
    let (cap, least) = match seed % 3 {
        0 => (json!({"F": 18, "S": 18, "U": 9}), 12),
        1 => (json!({"F": 16, "S": 16, "U": 6}), 12),
        _ => (json!({"F": 15, "S": 15, "U": 9}), 9),
    };
    let credit = |code: &String| (code.clone(), json!(1));
    let awardable: serde_json::Map<String, Value> = if prior_learning {
        made.lower[5..11].iter().chain(&made.networks[..3]).map(credit).collect()
    } else {
        serde_json::Map::new()
    };
    json!({
        "courses": made.json(), "progs": programs, "certs": exams, "H": 16, "cap": cap, "minload": least,
        "need_certs": 2, "done": if transfer { done(&made) } else { Vec::new() }, "cpl": awardable, "cplmax": 15,
        "termfee": 420,
    })
}

/// What somebody brings who transfers.
fn done(made: &Catalogue) -> Vec<String> {
    let first = |department: &str| made.of(department, &[100]).into_iter().next();
    let mut done: Vec<String> = ["ENG101", "COM110", "MAT100", "STA200", "GOV101"].map(str::to_owned).to_vec();
    done.extend(["SOC", "HUM", "HIS"].into_iter().filter_map(first));
    done.extend_from_slice(&made.lower[..5]);
    done
}

fn count(name: &str, needed: usize, courses: &[String]) -> Value {
    json!({"n": name, "k": needed, "s": courses})
}

fn credits(name: &str, needed: u32, courses: &[String]) -> Value {
    json!({"n": name, "cr": needed, "s": courses})
}

fn named(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn together(lists: &[Vec<String>]) -> Vec<String> {
    lists.concat()
}

fn certificate(made: &Catalogue) -> Value {
    json!({
        "n": "CERT", "total": 30, "resid": 0, "ud": 0, "share": 0, "value": 0, "tree": [],
        "groups": [
            count("C-CORE", 6, &made.lower[..9]),
            credits("C-EL", 9, &[&made.lower[9..24], &made.networks[..6]].concat()),
            count("C-COM", 1, &named(&["COM110", "ENG101"])),
        ],
    })
}

fn associate(made: &Catalogue) -> Value {
    json!({
        "n": "AAS", "total": 60, "resid": 0, "ud": 0, "share": 3, "value": 1, "tree": [],
        "groups": [
            count("A-ENG", 2, &named(&["ENG101", "ENG102"])),
            count("A-COM", 1, &named(&["COM110", "COM210"])),
            count("A-MATH", 1, &named(&["MAT115", "MAT120", "STA200"])),
            credits("A-HUM", 3, &together(&[made.of("HUM", &[]), made.of("ART", &[]), made.of("PHI", &[])])),
            credits("A-SOC", 3, &together(&[made.of("SOC", &[]), made.of("HIS", &[]), named(&["GOV101"])])),
            count("A-CORE", 8, &made.lower[..8]),
            credits("A-EL", 9, &[&made.lower[8..], &made.networks[..10]].concat()),
        ],
    })
}

fn bachelor(made: &Catalogue, dice: &mut Dice) -> Value {
    let (lower, upper) = (&made.lower, &made.upper);
    let diverse = together(&[
        made.of("DIV", &[]),
        dice.sample(&made.of("HUM", &[]), 5),
        dice.sample(&made.of("SOC", &[]), 5),
        dice.sample(&made.of("LAN", &[]), 3),
    ]);
    let mut overlay = credits("DIV", 3, &diverse);
    overlay["overlay"] = json!(1);
    let science = |suffix: &'static str, level: &'static str| {
        SCIENCES.map(|of| count(&format!("{suffix}-{of}"), 2, &[format!("{of}{level}"), format!("{of}{level}L")]))
    };
    let tracks: Vec<Value> =
        (0..5).map(|track| count(&format!("TRACK{track}"), 3, &upper[8 + 9 * track..17 + 9 * track])).collect();
    let minors = json!([
        credits("MINOR-BUS", 9, &made.of("BUS", &[200, 300, 400])),
        credits("MINOR-NET", 9, &made.of("NET", &[200, 300])),
        credits("MINOR-LAN", 9, &together(&[made.of("LAN", &[]), made.of("PHI", &[])])),
    ]);
    let sciences = [science("SCI", "110"), science("SCIB", "120")].concat();
    json!({
        "n": "BS", "total": 120, "resid": 30, "ud": 39, "share": 6, "value": 1,
        "tree": [
            {"n": "SCI", "any": 2, "kids": sciences},
            {"n": "CONC", "any": 1, "kids": tracks},
            {"n": "MINOR", "any": 1, "kids": minors},
        ],
        "groups": [
            count("ENG", 2, &named(&["ENG101", "ENG102"])),
            count("COM", 1, &named(&["COM110", "COM210"])),
            count("MATH", 1, &named(&["MAT115", "MAT120", "STA200"])),
            credits("HUM", 6, &made.of("HUM", &[])),
            credits("ART", 3, &made.of("ART", &[])),
            credits("SOC", 3, &made.of("SOC", &[])),
            credits("HIS", 3, &made.of("HIS", &[])),
            count("GOV", 2, &named(&["GOV101", "GOV102"])),
            count("CORE-L", 8, &lower[..8]),
            count("CORE-U", 5, &upper[..5]),
            credits("MAJ-EL", 9, &upper[5..]),
            count("MAJ-MATH", 2, &named(&["STA200", "DSC210", "MAT120", "LOG200"])),
            count("LABS", 1, &made.laboratories),
            overlay,
        ],
    })
}

/// Four exams; the last two reach into upper division.
fn exams(made: &Catalogue, dice: &mut Dice) -> Vec<Value> {
    let (lower, upper) = (&made.lower, &made.upper);
    let pools = [
        ("CertA", 246, 0, lower[..12].to_vec()),
        ("CertNet", 369, 1, [&lower[4..18], &made.networks[..10]].concat()),
        ("CertSec", 404, 1, [&lower[10..], &upper[..8]].concat()),
        ("CertCloud", 150, 1, [&lower[14..], &upper[6..24]].concat()),
    ];
    let mut exams = Vec::new();
    for (name, fee, value, pool) in pools {
        let mut weights = [20, 25, 15, 25, 15];
        dice.shuffle(&mut weights);
        let domains: Vec<Value> = weights
            .into_iter()
            .map(|weight| {
                let courses = dice.sample(&pool, 5);
                json!({"w": weight, "s": strengths(courses, dice)})
            })
            .collect();
        exams.push(json!({"n": name, "fee": fee, "theta": 80, "doms": domains, "value": value}));
    }
    exams
}
