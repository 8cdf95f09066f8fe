//! A text as a QR code in an inline SVG. It holds no style, no script and no address, so that a page with
//! `default-src 'none'` shows it; colours are attributes, black on white whatever the page's theme, as scanners need it.

use qrcode::{Color, EcLevel, QrCode};

/// Width of the white border, in modules: ISO/IEC 18004 asks for four.
const BORDER: usize = 4;

/// A text that no QR code can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code; use shorter names")]
pub struct TooLongForQrCode;

/// The SVG, whose accessible name is `title` (which stands in it as it is: no markup).
pub(crate) fn inline_svg(text: &str, title: &'static str) -> Result<String, TooLongForQrCode> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLongForQrCode)?;
    let modules = code.width();
    let side = modules + 2 * BORDER;
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(modules).enumerate() {
        for (column, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            path.push_str(&format!("M{} {}h1v1h-1z", column + BORDER, row + BORDER));
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{pixels}\" height=\"{pixels}\" \
         role=\"img\" aria-labelledby=\"qr-code-title\" shape-rendering=\"crispEdges\">\
         <title id=\"qr-code-title\">{title}</title>\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
        pixels = side * 5,
    ))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Draws the SVG's path and has another library read the code in it.
    pub(crate) fn read(svg: &str) -> String {
        const SCALE: usize = 4;
        let between = |from: &str, to: &str| svg.split_once(from).unwrap().1.split_once(to).unwrap().0;
        let side: usize = between("viewBox=\"0 0 ", " ").parse().unwrap();
        let mut dark = vec![false; side * side];
        for module in between(" d=\"M", "\"").split('M') {
            let (column, row) = module.strip_suffix("h1v1h-1z").unwrap().split_once(' ').unwrap();
            dark[row.parse::<usize>().unwrap() * side + column.parse::<usize>().unwrap()] = true;
        }
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
            if dark[y / SCALE * side + x / SCALE] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn another_library_reads_it() {
        for text in ["a", "otpauth://totp/x?y=z&é", &"0123456789 long ".repeat(40)] {
            assert_eq!(read(&inline_svg(text, "A code").unwrap()), text);
        }
    }

    #[test]
    fn it_has_a_name_and_nothing_a_strict_page_forbids() {
        let svg = inline_svg("a", "A code").unwrap();
        assert!(svg.contains("role=\"img\" aria-labelledby=\"qr-code-title\""));
        assert!(svg.contains("<title id=\"qr-code-title\">A code</title>"));
        for forbidden in ["style", "script", "href", "url(", " on", "<?xml"] {
            assert!(!svg.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(inline_svg(&"x".repeat(4000), "A code"), Err(TooLongForQrCode));
    }
}
