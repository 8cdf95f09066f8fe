//! Hostile files, built by code: archives, workbooks, text documents, PDFs, tables.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows, and more parts beside it.
fn workbook(rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let (root, inner) =
        (relations("officeDocument", "xl/workbook.xml"), relations("worksheet", "worksheets/sheet1.xml"));
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
    let own: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    let replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
    let parts: Vec<(&str, &[u8])> =
        own.into_iter().filter(|(name, _)| !replaced(name)).chain(more.iter().copied()).collect();
    archive(&parts)
}

fn text_cell(text: &str) -> String {
    format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn courses(title: &str) -> Vec<u8> {
    let row = |cells: &[&str]| format!("<row>{}</row>", cells.iter().map(|cell| text_cell(cell)).collect::<String>());
    workbook(&format!("{}{}", row(&["code", "title"]), row(&["HARB 1301", title])), &[])
}

/// A workbook of one sheet with these rows.
pub(crate) fn sheet(rows: &str) -> Vec<u8> {
    workbook(rows, &[])
}

pub(crate) fn zip_bomb() -> Vec<u8> {
    workbook("", &[("xl/media/a.bin", &vec![0; 32 << 20])])
}

/// Eight entries that are packed once and copied: each is taken, all together are too large.
pub(crate) fn many_large() -> Vec<u8> {
    let part: Vec<u8> =
        (0..18_u32 << 20).map(|at| u8::try_from((at / 64).wrapping_mul(2_654_435_761) >> 28).unwrap()).collect();
    let mut packed = zip::ZipArchive::new(Cursor::new(archive(&[("a", &part)]))).unwrap();
    let whole = zip::ZipArchive::new(Cursor::new(workbook("", &[]))).unwrap();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.merge_archive(whole).unwrap();
    for at in 0..8 {
        archive.raw_copy_file_rename(packed.by_index_raw(0).unwrap(), format!("xl/media/{at}.bin")).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) fn nested_bomb() -> Vec<u8> {
    let mut inner = archive(&[("a", &vec![0; 4 << 20])]);
    for _ in 0..3 {
        let parts: Vec<(String, Vec<u8>)> = (0..10).map(|at| (format!("{at}.zip"), inner.clone())).collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        inner = archive(&parts);
    }
    workbook("", &[("xl/media/a.zip", &inner)])
}

/// The directory says ten bytes where there are many.
pub(crate) fn lying_length() -> Vec<u8> {
    let mut bytes = zip_bomb();
    let at = bytes.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    bytes[at + 24..at + 28].copy_from_slice(&10_u32.to_le_bytes());
    bytes
}

pub(crate) fn many_entries() -> Vec<u8> {
    let names: Vec<String> = (0..2_500).map(|at| format!("xl/media/{at}.bin")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    workbook("", &parts)
}

pub(crate) fn xml_bomb(part: &str) -> Vec<u8> {
    let mut xml = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let below = format!("&a{};", level - 1).repeat(10);
        xml.push_str(&format!("<!ENTITY a{level} \"{below}\">"));
    }
    xml.push_str("]><x>&a29;</x>");
    workbook("", &[(part, xml.as_bytes())])
}

pub(crate) fn external_entity(part: &str) -> Vec<u8> {
    workbook("", &[(part, b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>")])
}

pub(crate) fn deep_xml(part: &str) -> Vec<u8> {
    let xml = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    workbook("", &[(part, xml.as_bytes())])
}

pub(crate) fn cut_xml() -> Vec<u8> {
    workbook("", &[("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row></c>")])
}

pub(crate) fn named(name: &str) -> Vec<u8> {
    workbook("", &[(name, b"x")])
}

pub(crate) fn twice() -> Vec<u8> {
    workbook("", &[("xl/Styles.xml", b"<x/>"), ("xl/styles.xml", b"<x/>")])
}

pub(crate) fn encrypted_entry() -> Vec<u8> {
    let mut bytes = courses("Mooring");
    let at = bytes.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    bytes
}

/// The beginning of a compound file: an old workbook, or one with a password.
pub(crate) fn compound() -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(4096, 0);
    bytes
}

pub(crate) fn cut_workbook() -> Vec<u8> {
    let bytes = courses("Mooring");
    bytes[..bytes.len() / 2].to_vec()
}

pub(crate) fn empty_archive() -> Vec<u8> {
    archive(&[("readme.txt", b"nothing")])
}

pub(crate) fn text_document() -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", b"<w:document xmlns:w=\"w\"/>"),
    ])
}

pub(crate) fn open_document() -> Vec<u8> {
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<office/>")])
}

pub(crate) fn large_cells() -> Vec<u8> {
    // Words that pack badly enough to be taken for a text.
    let words: String = (0..120_000_u32).map(|at| format!("{:x} ", at.wrapping_mul(2_654_435_761))).collect();
    courses(&words)
}

pub(crate) fn formula_cells() -> Vec<u8> {
    courses("=HYPERLINK(&quot;http://example.org&quot;)")
}

pub(crate) fn markup_cells() -> Vec<u8> {
    courses("Mooring &lt;script&gt;alert(1)&lt;/script&gt;")
}

pub(crate) fn million_columns() -> Vec<u8> {
    sheet(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(1_000_000)))
}

/// More cells than are taken, in a file of ordinary size.
pub(crate) fn many_cells() -> Vec<u8> {
    let rows: String = (0..150_000_u32)
        .map(|row| format!("<row>{}</row>", format!("<c><v>{}</v></c>", row.wrapping_mul(2_654_435_761)).repeat(20)))
        .collect();
    sheet(&rows)
}

pub(crate) fn script_page() -> Vec<u8> {
    b"<html><script>fetch('x')</script><table><tr><td onclick='x()'>code</td><td>title</td></tr></table></html>"
        .to_vec()
}

pub(crate) fn script_table() -> Vec<u8> {
    b"code,title,description\nHARB 1301,Mooring,\"<img src=x onerror=alert(1)>\"\nHARB 1302,<b>Bold</b>,\n".to_vec()
}

pub(crate) fn deep_json() -> Vec<u8> {
    format!("[{{\"code\":{}1{}}}]", "[".repeat(1 << 20), "]".repeat(1 << 20)).into_bytes()
}

pub(crate) fn deep_objects() -> Vec<u8> {
    format!("[{}1{}]", "{\"a\":".repeat(1 << 18), "}".repeat(1 << 18)).into_bytes()
}

pub(crate) fn long_number() -> Vec<u8> {
    format!("[{{\"code\":\"HARB 1301\",\"title\":\"Mooring\",\"credits\":\"{}\"}}]", "9".repeat(100_000)).into_bytes()
}

fn pdf(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut text = String::from("%PDF-1.7\n");
    for (number, object) in (1..).zip(objects) {
        text.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    text.push_str(&format!("trailer\n<< /Root 1 0 R {trailer} >>\n%%EOF\n"));
    text.into_bytes()
}

pub(crate) fn garbage() -> Vec<u8> {
    let noise = (0..200_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]);
    b"%PDF-1.7\n".iter().copied().chain(noise).collect()
}

pub(crate) fn cut_pdf() -> Vec<u8> {
    let whole = many_pages();
    whole[..whole.len() / 3].to_vec()
}

pub(crate) fn page_loop() -> Vec<u8> {
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>",
            "<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>",
        ],
        "",
    )
}

pub(crate) fn stream_loop() -> Vec<u8> {
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /ObjStm /N 1 /First 4 /Extends 3 0 R /Length 8 >>\nstream\n2 0 (x) \nendstream",
            "<< /Type /ObjStm /N 1 /First 4 /Extends 2 0 R /Length 2 0 R >>\nstream\n3 0 (x) \nendstream",
        ],
        "/XRefStm 9",
    )
}

pub(crate) fn flate_bomb() -> Vec<u8> {
    // The packed bytes of an archive's entry are a raw stream: its header is put before it.
    let packed = archive(&[("a", &vec![b' '; 16 << 20])]);
    let stream = &packed[31..packed.len() - 69];
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n".to_vec();
    bytes.extend_from_slice(
        format!("4 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n", stream.len() + 2).as_bytes(),
    );
    bytes.extend_from_slice(b"\x78\x9c");
    bytes.extend_from_slice(stream);
    bytes.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    bytes
}

/// A page that shows more pieces of text than a page can hold, one over the other.
pub(crate) fn many_pieces() -> Vec<u8> {
    let shown = "(ab) Tj 3 1 Td\n".repeat(400_000);
    let content = format!("BT /F1 9 Tf 50 700 Td\n{shown}ET");
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            &format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ],
        "",
    )
}

pub(crate) fn many_pages() -> Vec<u8> {
    let kids = "3 0 R ".repeat(100_000);
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            &format!("<< /Type /Pages /Count 100000 /Kids [{kids}] >>"),
            "<< /Type /Page /Parent 2 0 R >>",
        ],
        "",
    )
}

pub(crate) fn encrypted_pdf() -> Vec<u8> {
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 0 /Kids [] >>",
            "<< /Filter /Standard /V 5 /R 6 /Length 256 >>",
        ],
        "/Encrypt 3 0 R",
    )
}

pub(crate) fn script_pdf() -> Vec<u8> {
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
            "<< /Type /Pages /Count 0 /Kids [] >>",
        ],
        "",
    )
}

pub(crate) fn large_text() -> Vec<u8> {
    "code,title\n".bytes().chain(b"HARB 1301,Mooring lines\n".iter().copied().cycle().take((64 << 20) + 1)).collect()
}

pub(crate) fn long_line() -> Vec<u8> {
    "rope ".repeat(3 << 20).into_bytes()
}

pub(crate) fn many_columns() -> Vec<u8> {
    let heads: Vec<String> = (0..20_000).map(|column| format!("column {column}")).collect();
    format!("{}\n{}\n", heads.join(","), vec!["x"; 20_000].join(",")).into_bytes()
}
