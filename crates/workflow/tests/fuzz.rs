//! The bodies of the fuzz targets, on our own samples and on seeded mutations of them. `CREDWAY_MUTATIONS` says how many
//! of each target (300 when absent), `CREDWAY_SEED` with which random numbers.

#[path = "../../../fuzz/bodies.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets, each a program of its own, use one body each")]
mod bodies;

use std::io::{Cursor, Read, Write};
use std::path::Path;

use credway_import::{Kind, template};
use credway_model::{Person, Text};
use credway_workflow::{Options, Workbench};
use zip::write::SimpleFileOptions;

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

fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/lantern-bay");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let tables = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
    let cut = |path: &std::path::PathBuf| std::fs::read(path).unwrap().into_iter().take(4_000).collect();
    tables.map(cut).chain(Kind::ALL.map(|kind| template(kind).as_bytes().to_vec())).collect()
}

fn workbooks() -> Vec<Vec<u8>> {
    let made = |kind: Kind| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, line) in (0..).zip(template(kind).lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                sheet.write(row, column, cell).unwrap();
            }
        }
        sheet.merge_range(9, 0, 10, 1, "merged", &rust_xlsxwriter::Format::new()).unwrap();
        book.save_to_buffer().unwrap()
    };
    vec![made(Kind::Courses), made(Kind::Blueprint)]
}

/// A workbook with one of its parts mutated and packed again, for a change in the packed bytes rarely gets past the check
/// of the archive.
fn inside(random: &mut Random, workbook: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let chosen = random.below(archive.len());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if index == chosen {
            bytes = mutated(random, &bytes, b"<row r=\"9\"><c r=\"B9\" t=\"s\" s=\"1\"><f t=\"shared\" ref=\"A1:B2\" si=\"0\">1</f><v>7</v></c></row>");
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn backup() -> Vec<u8> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        let workbench = Workbench::open(&options).await.unwrap();
        let ada = Person(Text::new("Ada Ramos").unwrap());
        workbench.begin_institution("Pier College", None, &ada).await.unwrap();
        let mut archive = Vec::new();
        workbench.backup(&mut archive).await.unwrap();
        archive
    })
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|given| given.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn no_bytes_end_the_program() {
    let json =
        br#"[{"code":"A 1","title":"T","prerequisites":[{"course":"B 1","coreq":false}],"objectives":[{"text":"x"}]}]"#;
    let outline = "Harbor Technician HT-2\n\n1.0 Mooring 40%\n1.1 Tie a line\n  \u{2022} Choose it\n2.0 Cargo 60%\n2.1 Fill in a manifest\n";
    let mut random = Random(number("CREDWAY_SEED", 0x5eed_0002) as u64 | 1);
    let mutations = number("CREDWAY_MUTATIONS", 300);
    let tables = samples();
    for (name, body) in bodies::BODIES {
        let seeds: Vec<Vec<u8>> = match name {
            "json_table" => vec![json.to_vec()],
            "outline" => vec![outline.as_bytes().to_vec()],
            "workbook" => workbooks(),
            "archive" => vec![backup()],
            "course_code" => {
                ["ITSY 1300", "10-152-101", "6.006", "CS 101A"].map(|code| code.as_bytes().to_vec()).to_vec()
            }
            _ => tables.clone(),
        };
        seeds.iter().for_each(|seed| body(seed));
        let times = if name == "archive" { mutations / 10 } else { mutations };
        for _ in 0..times {
            let (seed, other) = (&seeds[random.below(seeds.len())], &tables[random.below(tables.len())]);
            let bytes = if name == "workbook" && random.below(4) > 0 {
                inside(&mut random, seed)
            } else {
                mutated(&mut random, seed, other)
            };
            // What ended the program is shown by the test that failed.
            if std::panic::catch_unwind(|| body(&bytes)).is_err() {
                let path = std::env::temp_dir().join(format!("credway-fuzz-{name}"));
                std::fs::write(&path, &bytes).unwrap();
                panic!("{name}: the bytes are in {}", path.display());
            }
        }
    }
}
