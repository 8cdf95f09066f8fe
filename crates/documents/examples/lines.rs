//! Shows how a document is read: `cargo run -p credway-documents --example lines FILE [FROM [TO]]`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for the person who looks into a layout")]

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&arguments[1]).unwrap();
    let number = |at: usize, otherwise: usize| arguments.get(at).map_or(otherwise, |word| word.parse().unwrap());
    let document = match credway_documents::Form::of(&arguments[1], &bytes).unwrap() {
        credway_documents::Form::Pdf => credway_documents::pdf::read(&bytes, &|_, _| true),
        credway_documents::Form::Docx => credway_documents::docx::read(&bytes, &|_, _| true),
        credway_documents::Form::Html => {
            credway_documents::html::read(&String::from_utf8(bytes).unwrap(), &|_, _| true)
        }
    }
    .unwrap();
    for line in document.lines.iter().take(number(3, 200)).skip(number(2, 0)) {
        let mark = if line.starts { '¶' } else { ' ' };
        println!(
            "{mark} {:4} b{:<3} i{:<3} {:?}\t{}",
            line.size,
            line.bold,
            line.indent,
            line.place.to_string(),
            line.text
        );
    }
}
