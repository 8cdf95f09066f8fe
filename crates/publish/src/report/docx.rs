//! The report as DOCX: real heading styles, a head row that repeats on each page, language, title, page numbers.
//!
//! Written by hand because the crates that write DOCX can mark neither a head row nor a language (see decision 0008).

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::docx_parts::{self as parts, escape};
use super::model::{Cell, Column, Kind, Part, Report, Table};
use crate::PublishError;

/// Letter paper and its margins, in twentieths of a point.
const PAPER: (u32, u32) = (12_240, 15_840);
const MARGIN: u32 = 1_080;
/// Widest bar, in EMU (914,400 an inch).
const BAR: f64 = 700_000.0;

/// The report as DOCX. The same report gives the same bytes.
///
/// # Errors
/// [`PublishError::Zip`].
pub fn report_docx(report: &Report) -> Result<Vec<u8>, PublishError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(&report.title, report.language, report.made)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", document(report)),
        ("word/styles.xml", parts::styles(report.language)),
        ("word/settings.xml", parts::settings(report.language)),
        ("word/footer1.xml", parts::footer(&report.foot, text_width(report))),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
    ];
    for (name, content) in files {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes()).map_err(zip::result::ZipError::from)?;
    }
    for (name, bytes) in [("word/media/full.png", parts::FULL), ("word/media/rest.png", parts::REST)] {
        zip.start_file(name, options)?;
        zip.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Width between the margins.
const fn text_width(report: &Report) -> u32 {
    (if report.wide { PAPER.1 } else { PAPER.0 }) - 2 * MARGIN
}

fn document(report: &Report) -> String {
    let mut body = Body { xml: String::new(), width: text_width(report), pictures: 0 };
    body.paragraph("Title", &report.title);
    body.facts(report);
    report.lead.iter().for_each(|part| body.part(part));
    for section in &report.sections {
        body.paragraph(if section.level == 1 { "Heading1" } else { "Heading2" }, &section.heading);
        section.parts.iter().for_each(|part| body.part(part));
    }
    body.paragraph("Heading1", &report.sources_heading);
    for (number, words) in (1..).zip(&report.sources) {
        body.paragraph("Normal", &format!("[{number}] {words}"));
    }
    let (width, height, lies) =
        if report.wide { (PAPER.1, PAPER.0, " w:orient=\"landscape\"") } else { (PAPER.0, PAPER.1, "") };
    format!(
        "{}<w:body>{}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/><w:pgSz w:w=\"{width}\" \
         w:h=\"{height}\"{lies}/><w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" \
         w:left=\"{MARGIN}\" w:header=\"540\" w:footer=\"540\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        parts::DOCUMENT_HEAD,
        body.xml
    )
}

struct Body {
    xml: String,
    width: u32,
    pictures: u32,
}

impl Body {
    fn paragraph(&mut self, style: &str, words: &str) {
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(words)));
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Paragraph(words) => self.paragraph("Normal", words),
            Part::Note(words) => self.paragraph("Note", words),
            Part::Table(table) => self.table(table),
        }
    }

    /// Terms and values as paragraphs with a tab between: a list of two columns that is no table of figures.
    fn facts(&mut self, report: &Report) {
        for fact in &report.facts {
            let value = format!("{}{}", fact.value, Report::mark(fact.source));
            self.xml.push_str(&format!(
                "<w:p><w:pPr><w:pStyle w:val=\"Fact\"/></w:pPr><w:r><w:rPr><w:color w:val=\"4B545D\"/></w:rPr>{}</w:r>\
                 <w:r><w:tab/></w:r>{}</w:p>",
                text(&fact.term),
                run(&value)
            ));
        }
        self.distance();
    }

    /// Room below a table or a list.
    fn distance(&mut self) {
        self.xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
    }

    fn table(&mut self, table: &Table) {
        self.paragraph("Caption", &format!("{}{}", table.caption, Report::mark(table.source)));
        let sum: u32 = table.columns.iter().map(|column| u32::from(column.width)).sum();
        let widths: Vec<u32> =
            table.columns.iter().map(|column| self.width * u32::from(column.width) / sum.max(1)).collect();
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"00A0\" w:firstRow=\"1\" w:lastRow=\"0\" \
             w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
            widths.iter().sum::<u32>(),
            escape(&table.caption)
        ));
        widths.iter().for_each(|width| self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>")));
        self.xml.push_str("</w:tblGrid>");
        let heads: Vec<Cell> = table.columns.iter().map(|column| Cell::Words(column.head.clone())).collect();
        self.row(&heads, &table.columns, &widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "TableHead");
        for row in &table.rows {
            self.row(row, &table.columns, &widths, "<w:trPr><w:cantSplit/></w:trPr>", "TableCell");
        }
        if let Some(total) = &table.total {
            self.row(total, &table.columns, &widths, "<w:trPr><w:cantSplit/></w:trPr>", "TableHead");
        }
        self.xml.push_str("</w:tbl>");
        self.distance();
    }

    fn row(&mut self, row: &[Cell], columns: &[Column], widths: &[u32], properties: &str, style: &str) {
        self.xml.push_str("<w:tr>");
        self.xml.push_str(properties);
        for ((cell, column), width) in row.iter().zip(columns).zip(widths) {
            let side = if column.kind == Kind::Text { "" } else { "<w:jc w:val=\"right\"/>" };
            self.xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
            let start = format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{side}</w:pPr>");
            self.xml.push_str(&start);
            self.xml.push_str(&run(cell.shown()));
            self.xml.push_str("</w:p>");
            if let Cell::Bar { value, alt, .. } = cell {
                self.xml.push_str(&start);
                self.bar(*value, alt);
                self.xml.push_str("</w:p>");
            }
            self.xml.push_str("</w:tc>");
        }
        self.xml.push_str("</w:tr>");
    }

    /// Two pictures of one colour each, drawn as wide as they need to be; the first says what they show together.
    fn bar(&mut self, value: f64, alt: &str) {
        let full = value.clamp(0.0, 100.0) * BAR / 100.0;
        let rest = BAR - full;
        if full > 0.0 {
            self.picture("rIdFull", full, alt);
        }
        if rest > 0.0 {
            self.picture("rIdRest", rest, if full > 0.0 { "" } else { alt });
        }
    }

    fn picture(&mut self, relation: &str, width: f64, alt: &str) {
        self.pictures += 1;
        self.xml.push_str(&parts::picture(self.pictures, relation, width, alt));
    }
}

fn run(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<w:r>{}</w:r>", text(words)) }
}

fn text(words: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(words))
}
