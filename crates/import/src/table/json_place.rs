//! Where in a JSON text a pointer's value stands, as lines: a small scanner that walks the text along the pointer.

/// First and last line (from 1) of the value at `pointer`, or `None` where the text has none.
pub(crate) fn lines_of_pointer(text: &str, pointer: &str) -> Option<(u32, u32)> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    scanner.blanks();
    for part in pointer.split('/').skip(1) {
        scanner.enter(&part.replace("~1", "/").replace("~0", "~"))?;
    }
    let start = scanner.at;
    scanner.value()?;
    let line = |at: usize| u32::try_from(text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1).ok();
    Some((line(start)?, line(scanner.at)?))
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// From the start of an object or array to the start of its member or entry `part`.
    fn enter(&mut self, part: &str) -> Option<()> {
        let object = match self.peek()? {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        self.at += 1;
        let mut index = 0_usize;
        loop {
            self.blanks();
            let found = if object {
                let start = self.at;
                self.string()?;
                let name: String = serde_json::from_slice(&self.bytes[start..self.at]).ok()?;
                self.blanks();
                (self.peek()? == b':').then_some(())?;
                self.at += 1;
                self.blanks();
                name == part
            } else {
                index.to_string() == part
            };
            if found {
                return Some(());
            }
            self.value()?;
            self.blanks();
            (self.peek()? == b',').then_some(())?;
            self.at += 1;
            index += 1;
        }
    }

    /// Past one value.
    fn value(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            b'{' | b'[' => {
                let mut depth = 0_usize;
                loop {
                    match self.peek()? {
                        b'"' => {
                            self.string()?;
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        return Some(());
                    }
                }
            }
            _ => {
                while self.peek().is_some_and(|byte| !matches!(byte, b',' | b'}' | b']') && !byte.is_ascii_whitespace())
                {
                    self.at += 1;
                }
                Some(())
            }
        }
    }

    /// Past one string.
    fn string(&mut self) -> Option<()> {
        (self.peek()? == b'"').then_some(())?;
        self.at += 1;
        loop {
            match self.peek()? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines_of_pointer;

    #[test]
    fn pointers_are_found_in_the_text() {
        let text = "[\n {\"a\": \"x\\\"}\",\n  \"b\": [1,\n 2]},\n {\"a/c\": 3}\n]";
        assert_eq!(lines_of_pointer(text, "/0/a"), Some((2, 2)));
        assert_eq!(lines_of_pointer(text, "/0/b"), Some((3, 4)));
        assert_eq!(lines_of_pointer(text, "/1/a~1c"), Some((5, 5)));
        assert_eq!(lines_of_pointer(text, "/7"), None);
        assert_eq!(lines_of_pointer("{", "/a"), None);
    }
}
