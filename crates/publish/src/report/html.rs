//! The report as HTML: a part for a page of the site, and a page that stands alone.
//!
//! No script, no address of anything outside; widths and bars are attributes, so that a strict content policy holds.

use super::model::{Cell, Column, Kind, Part, Report, Table};

/// The report as one `article`, for a page that has its own head and style.
#[must_use]
pub fn report_html(report: &Report) -> String {
    let mut out = Html(String::new());
    out.0.push_str("<article class=\"report");
    out.0.push_str(if report.wide { " report-wide" } else { "" });
    out.attribute("\" lang", report.language);
    out.0.push_str(">\n");
    out.element("h1", &report.title);
    out.facts(report);
    report.lead.iter().for_each(|part| out.part(part));
    for section in &report.sections {
        out.element(if section.level == 1 { "h2" } else { "h3" }, &section.heading);
        section.parts.iter().for_each(|part| out.part(part));
    }
    out.sources(report);
    out.0.push_str("</article>\n");
    out.0
}

/// The report as a page that stands alone.
#[must_use]
pub fn report_page(report: &Report) -> String {
    let mut out = Html(String::from("<!DOCTYPE html>\n<html"));
    out.attribute(" lang", report.language);
    out.0.push_str(">\n<head>\n<meta charset=\"utf-8\">\n");
    out.0.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.element("title", &report.title);
    out.0.push_str("<style>\n");
    out.0.push_str(include_str!("look/page.css"));
    // Which way the paper lies is the report's to say.
    out.0.push_str(if report.wide {
        "@page { size: letter landscape; margin: 15mm }\n"
    } else {
        "@page { size: letter; margin: 18mm }\n"
    });
    out.0.push_str("</style>\n</head>\n<body>\n<main>\n");
    out.0.push_str(&report_html(report));
    out.0.push_str("</main>\n</body>\n</html>\n");
    out.0
}

struct Html(String);

impl Html {
    /// Words as they are, never as markup.
    fn words(&mut self, words: &str) {
        for letter in words.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.0.push_str(name);
        self.0.push_str("=\"");
        self.words(value);
        self.0.push('"');
    }

    fn element(&mut self, name: &str, words: &str) {
        self.0.push_str(&format!("<{name}>"));
        self.words(words);
        self.0.push_str(&format!("</{name}>\n"));
    }

    /// A reference to a source.
    fn mark(&mut self, source: Option<usize>) {
        if let Some(number) = source {
            self.0.push_str(&format!(" <a class=\"report-mark\" href=\"#source-{number}\">[{number}]</a>"));
        }
    }

    fn facts(&mut self, report: &Report) {
        self.0.push_str("<dl class=\"report-facts\">\n");
        for fact in &report.facts {
            self.0.push_str("<div><dt>");
            self.words(&fact.term);
            self.0.push_str("</dt><dd>");
            self.words(&fact.value);
            self.mark(fact.source);
            self.0.push_str("</dd></div>\n");
        }
        self.0.push_str("</dl>\n");
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Paragraph(words) => self.element("p", words),
            Part::Note(words) => {
                self.0.push_str("<p class=\"report-note\">");
                self.words(words);
                self.0.push_str("</p>\n");
            }
            Part::Table(table) => self.table(table),
        }
    }

    /// A table in a box that scrolls sideways, also by keyboard, where it is wider than the page.
    fn table(&mut self, table: &Table) {
        self.0.push_str("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\"");
        self.attribute(" aria-label", &table.caption);
        self.0.push_str(">\n<table class=\"stack\">\n<caption>");
        self.words(&table.caption);
        self.mark(table.source);
        self.0.push_str("</caption>\n<thead><tr>");
        for column in &table.columns {
            self.0.push_str("<th scope=\"col\"");
            self.0.push_str(class(column));
            self.0.push('>');
            self.words(&column.head);
            self.0.push_str("</th>");
        }
        self.0.push_str("</tr></thead>\n<tbody>\n");
        table.rows.iter().for_each(|row| self.row(row, &table.columns));
        self.0.push_str("</tbody>\n");
        if let Some(total) = &table.total {
            self.0.push_str("<tfoot>\n");
            self.row(total, &table.columns);
            self.0.push_str("</tfoot>\n");
        }
        self.0.push_str("</table>\n</div>\n");
    }

    fn row(&mut self, row: &[Cell], columns: &[Column]) {
        self.0.push_str("<tr>");
        for (at, (cell, column)) in row.iter().zip(columns).enumerate() {
            self.0.push_str(if at == 0 { "<th scope=\"row\"" } else { "<td" });
            if at > 0 {
                self.attribute(" data-label", &column.head);
            }
            self.0.push_str(class(column));
            self.0.push('>');
            self.words(cell.shown());
            if let Cell::Bar { value, alt, .. } = cell {
                self.bar(*value, alt);
            }
            self.0.push_str(if at == 0 { "</th>" } else { "</td>" });
        }
        self.0.push_str("</tr>\n");
    }

    fn bar(&mut self, value: f64, alt: &str) {
        self.0.push_str("<svg class=\"report-bar\" role=\"img\" viewBox=\"0 0 100 8\" width=\"100\" height=\"8\" preserveAspectRatio=\"none\"");
        self.attribute(" aria-label", alt);
        let full = value.clamp(0.0, 100.0);
        self.0.push_str(&format!(
            "><rect class=\"report-bar-all\" width=\"100\" height=\"8\"/><rect class=\"report-bar-full\" width=\"{full:.2}\" height=\"8\"/></svg>"
        ));
    }

    fn sources(&mut self, report: &Report) {
        self.element("h2", &report.sources_heading);
        self.0.push_str("<ul class=\"report-sources\">\n");
        for (number, words) in (1..).zip(&report.sources) {
            self.0.push_str(&format!("<li id=\"source-{number}\">[{number}] "));
            self.words(words);
            self.0.push_str("</li>\n");
        }
        self.0.push_str("</ul>\n");
    }
}

const fn class(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text => "",
        Kind::Number | Kind::Percent => " class=\"number\"",
    }
}
