//! The bodies of the fuzz targets, on our own seeds and on seeded mutations of them. `CREDWAY_MUTATIONS` says how many
//! of each target (200 when absent), `CREDWAY_SEED` with which random numbers; `CREDWAY_SEEDS` names a folder that the
//! seeds are written to for libFuzzer.

#[path = "../../../fuzz/bodies.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets, each a program of its own, use one body each")]
mod bodies;

use std::io::{Cursor, Read};
use std::path::Path;

use credway_import::{Kind, NoProgress, SourceFile, template};
use credway_model::{Person, Text};
use credway_workflow::{ImportRequest, Options, Workbench};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Random numbers from a seed (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % end.max(1)
    }
}

/// What readers trip over.
const PIECES: [&[u8]; 22] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\"",
    b"\r",
    b"\n\n",
    b"sep=;\n",
    b"%",
    b"100 %",
    b"-1",
    b"9999999999999999999",
    b"1e999",
    b"[[[[",
    b"{\"a\":",
    b"</c>",
    b"<!DOCTYPE a>",
    b"&#0;",
    b"1.1.1.1.1.1",
    "\u{2022} ".as_bytes(),
    "\u{202e}".as_bytes(),
    b"=1+1",
    b"|||",
];

fn mutated(random: &mut Random, seed: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
            3 => {
                let end = (at + random.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let from = random.below(other.len());
                let part = &other[from..(from + random.below(200)).min(other.len())];
                bytes.splice(at..at, part.iter().copied());
            }
            5 => {
                let end = (at + random.below(30)).min(bytes.len());
                let part = bytes[at..end].repeat(1 + random.below(8));
                bytes.splice(at..at, part);
            }
            _ if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            _ => {}
        }
    }
    bytes.truncate(40_000);
    bytes
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The sample college's tables, the beginning of each, and the templates.
fn tables() -> Vec<Vec<u8>> {
    let samples = files(&Path::new(ROOT).join("samples/lantern-bay")).into_iter();
    let beginnings = samples.map(|bytes| bytes.into_iter().take(4_000).collect());
    beginnings.chain(Kind::ALL.map(|kind| template(kind).as_bytes().to_vec())).collect()
}

/// A workbook unpacked, as the target takes it.
fn workbook(kind: Kind) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(template(kind).lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    sheet.merge_range(9, 0, 10, 1, "merged", &rust_xlsxwriter::Format::new()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
    let mut out = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        out.extend(format!("=== {}\n", part.name().unwrap()).bytes());
        part.read_to_end(&mut out).unwrap();
        out.push(b'\n');
    }
    out
}

/// A backup that holds something of every kind, with `-` in the place of its digest.
fn backup() -> Vec<u8> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        let workbench = Workbench::open(&options).await.unwrap();
        let ada = Person(Text::new("Ada Ramos").unwrap());
        workbench.by(&ada).begin_institution("Pier College", None).await.unwrap();
        for kind in Kind::ALL {
            let file = SourceFile::new(format!("{}.csv", kind.word()), template(kind));
            let request = ImportRequest {
                kind,
                file,
                mapping: None,
                organization: None,
                into: None,
                accept: Vec::new(),
                reason: None,
            };
            workbench.by(&ada).import(&request, &NoProgress).await.unwrap();
        }
        let mut archive = Vec::new();
        workbench.backup(&mut archive).await.unwrap();
        let text = String::from_utf8(archive).unwrap();
        let (before, digest) = text.split_once("\"sha256\":\"").unwrap();
        format!("{before}\"sha256\":\"-{}", &digest[64..]).into_bytes()
    })
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut seeds = files(&Path::new(ROOT).join("fuzz/seeds").join(name));
    match name {
        "table" | "decode" => seeds.extend(tables()),
        "workbook" => seeds.extend([Kind::Courses, Kind::Blueprint].map(workbook)),
        "archive" => seeds.push(backup()),
        _ => {}
    }
    seeds
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|given| given.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn no_bytes_end_the_program() {
    let mut random = Random(number("CREDWAY_SEED", 0x5eed_0002) as u64 | 1);
    let mutations = number("CREDWAY_MUTATIONS", 200);
    for (name, body) in bodies::BODIES {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has seeds");
        if let Some(folder) = std::env::var_os("CREDWAY_SEEDS") {
            let folder = Path::new(&folder).join(name);
            std::fs::create_dir_all(&folder).unwrap();
            let write = |(at, seed): (usize, &Vec<u8>)| std::fs::write(folder.join(format!("seed-{at}")), seed);
            seeds.iter().enumerate().try_for_each(write).unwrap();
        }
        let run = |bytes: &[u8]| {
            // What ended the program is shown by the test that failed.
            if std::panic::catch_unwind(|| body(bytes)).is_err() {
                let path = std::env::temp_dir().join(format!("credway-fuzz-{name}"));
                std::fs::write(&path, bytes).unwrap();
                panic!("{name}: the bytes are in {}", path.display());
            }
        };
        seeds.iter().for_each(|seed| run(seed));
        // A restored backup makes a database of its own.
        let times = if name == "archive" { mutations / 10 } else { mutations };
        for _ in 0..times {
            let (seed, other) = (&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())]);
            run(&mutated(&mut random, seed, other));
        }
    }
}
