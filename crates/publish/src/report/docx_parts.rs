//! The parts of a DOCX file that do not depend on what the report says: names, styles, settings.

use jiff::civil::Date;

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Default Extension=\"png\" ContentType=\"image/png\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\
</Types>";

pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
</Relationships>";

pub(super) const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rIdStyles\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rIdSettings\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
<Relationship Id=\"rIdFooter\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
<Relationship Id=\"rIdFull\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/full.png\"/>\
<Relationship Id=\"rIdRest\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/rest.png\"/>\
</Relationships>";

pub(super) const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Credway</Application></Properties>";

pub(super) const DOCUMENT_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">";

/// A picture of one point in the colour of what is filled.
pub(super) const FULL: &[u8] = include_bytes!("look/full.png");
/// A picture of one point in the colour of the rest.
pub(super) const REST: &[u8] = include_bytes!("look/rest.png");

/// Words as XML, without the control characters XML 1.0 does not allow.
pub(super) fn escape(words: &str) -> String {
    let mut xml = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' | '\r' => xml.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => xml.push(letter),
        }
    }
    xml
}

/// Title, language and day of creation.
pub(super) fn core(title: &str, language: &str, made: Date) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>Credway</dc:creator>\
         <dc:language>{language}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{made}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        escape(title)
    )
}

/// Settings: the language of the theme's fonts, and that the document is of today's kind.
pub(super) fn settings(language: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"{language}\"/></w:settings>"
    )
}

/// The foot of each page: what it is, and the page's number of how many.
pub(super) fn footer(words: &str, width: u32) -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr>\
         <w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>{}<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}</w:p></w:ftr>",
        escape(words),
        field("PAGE"),
        field("NUMPAGES")
    )
}

/// A picture in a line, as wide as asked for; `width` in EMU.
pub(super) fn picture(number: u32, relation: &str, width: f64, alt: &str) -> String {
    const HEIGHT: u32 = 57_150;
    let alt = escape(alt);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width:.0}\" cy=\"{HEIGHT}\"/>\
         <wp:docPr id=\"{number}\" name=\"Bar {number}\" descr=\"{alt}\"/><a:graphic>\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
         <pic:cNvPr id=\"{number}\" name=\"Bar {number}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"{width:.0}\" cy=\"{HEIGHT}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// Styles: the built-in names, so that a word processor's navigation and a screen reader know headings as headings.
pub(super) fn styles(language: &str) -> String {
    let paragraph = |id: &str, name: &str, based: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{based}\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let heading = |level: u8, size: u8| {
        let place = format!(
            "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        );
        let letters = format!("<w:b/><w:sz w:val=\"{size}\"/>");
        paragraph(&format!("Heading{level}"), &format!("heading {level}"), "Normal", &place, &letters)
    };
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\" w:eastAsia=\"Arial\"/>\
         <w:color w:val=\"1B1F24\"/><w:sz w:val=\"20\"/>"
            .to_owned(),
        format!("<w:lang w:val=\"{language}\" w:eastAsia=\"{language}\"/>"),
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>\
         <w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"Report table\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr>\
         <w:tblBorders><w:top w:val=\"nil\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"B9C0C8\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"B9C0C8\"/></w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"8\" w:color=\"1B1F24\"/></w:tcBorders>\
         <w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr></w:style>"
            .to_owned(),
        paragraph("Title", "Title", "Normal", "<w:keepNext/><w:spacing w:after=\"240\"/>", "<w:b/><w:sz w:val=\"38\"/>"),
        heading(1, 27),
        heading(2, 23),
        paragraph("Caption", "caption", "Normal", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>", "<w:b/><w:sz w:val=\"18\"/>"),
        paragraph("Fact", "Fact", "Normal", "<w:tabs><w:tab w:val=\"left\" w:pos=\"3900\"/></w:tabs><w:spacing w:after=\"50\"/><w:ind w:left=\"3900\" w:hanging=\"3900\"/>", ""),
        paragraph("Note", "Note", "Normal", "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"1B1F24\"/></w:pBdr>", "<w:b/>"),
        paragraph("TableCell", "Table cell", "Normal", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"17\"/>"),
        paragraph("TableHead", "Table head", "TableCell", "<w:keepNext/>", "<w:b/>"),
        paragraph("AfterTable", "After table", "Normal", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"12\"/>"),
        paragraph("Footer", "footer", "Normal", "<w:spacing w:after=\"0\"/>", "<w:color w:val=\"4B545D\"/><w:sz w:val=\"16\"/>"),
        "</w:styles>".to_owned(),
    ]
    .concat()
}
