//! Markdown's lines: headings in both forms, lists, and tables of domains taken row by row.

use super::code::Company;
use super::line::{Lead, Line};
use super::share;

/// The lines of a Markdown text, and what its tables hold that is not read.
pub(super) struct Markdown {
    pub(super) lines: Vec<Line>,
    /// Cells of columns that mean nothing here, with their lines.
    pub(super) cells_left: Vec<(u32, String)>,
    /// Cells of a column of weights that hold none.
    pub(super) weights_unread: Vec<(u32, String)>,
}

/// Whether a text is Markdown: it has headings, marked or underlined, or tables.
pub(super) fn is_markdown(text: &str) -> bool {
    let heading = |line: &str| {
        let signs = line.chars().take_while(|letter| *letter == '#').count();
        (1..=6).contains(&signs) && line[signs..].starts_with(' ')
    };
    let underlined = |(line, next): (&str, &str)| {
        let long = next.trim().chars().count() + 2 >= line.trim().chars().count();
        !line.trim().is_empty() && !line.trim().contains("  ") && long && matches!(underline(next), Some('-' | '='))
    };
    text.lines().any(|line| heading(line) || is_rule(line)) || text.lines().zip(text.lines().skip(1)).any(underlined)
}

/// The line below a table's head: `|---|:--|`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '))
}

/// A line of nothing but one sign, which underlines a heading or divides the page.
pub(super) fn underline(line: &str) -> Option<char> {
    let line = line.trim();
    let sign = line.chars().next().filter(|sign| matches!(sign, '-' | '=' | '*' | '_'))?;
    (line.len() >= 3 && line.chars().all(|letter| letter == sign)).then_some(sign)
}

/// A line's words without the signs of headings and tables.
pub(super) fn plain(line: &str) -> String {
    let words = line.trim_start_matches(['#', '|', ' ']).replace('|', " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the text apart.
pub(super) fn read(text: &str, company: &Company) -> Markdown {
    let lines: Vec<&str> = text.lines().collect();
    let mut done = Markdown { lines: Vec::new(), cells_left: Vec::new(), weights_unread: Vec::new() };
    let mut blank = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let next = lines.get(at + 1).copied().unwrap_or_default();
        if line.contains('|') && is_rule(next) {
            at = done.table(&lines, at, company);
            blank = true;
            continue;
        }
        at += 1;
        let level = match underline(next).filter(|_| underline(line).is_none()) {
            Some('=') => "# ",
            Some('-') if !line.trim_start().starts_with(['-', '#', '*']) => "## ",
            _ => "",
        };
        if line.trim().is_empty() || underline(line).is_some() {
            blank = true;
            continue;
        }
        let column =
            line.chars().take_while(|letter| letter.is_whitespace()).map(|letter| if letter == '\t' { 4 } else { 1 });
        let text = format!("{level}{}", line.trim());
        done.lines.push(Line::read((number, column.sum()), blank, &text, company));
        blank = false;
    }
    done
}

/// Which columns of a table hold what.
struct Columns {
    domain: usize,
    weight: Option<usize>,
    objectives: Option<usize>,
    code: Option<usize>,
}

impl Columns {
    /// By the words of the head; none where it is no table of domains. A column of domains that holds numbers only, as
    /// `first` shows, is that of their codes.
    fn of(head: &[String], first: &[String]) -> Option<Self> {
        let head: Vec<String> = head.iter().map(|cell| cell.to_lowercase()).collect();
        let find = |words: &[&str], taken: &[Option<usize>]| {
            (0..head.len()).find(|at| !taken.contains(&Some(*at)) && words.iter().any(|word| head[*at].contains(word)))
        };
        let weight = find(&["weight", "percent", "%", "share"], &[]);
        let objectives = find(&["objective", "competenc", "task", "skill", "subtopic", "outcome"], &[weight]);
        let code =
            head.iter().position(|cell| matches!(cell.as_str(), "#" | "no" | "no." | "nr" | "number" | "code" | "id"));
        let words = ["domain", "section", "area", "topic", "content", "module", "unit", "title", "name"];
        let mut code = code;
        let mut domain = find(&words, &[weight, objectives, code]);
        let number = |cell: &String| {
            cell.len() <= 5
                && cell.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | 'I' | 'V' | 'X'))
        };
        if domain.and_then(|at| first.get(at)).is_some_and(number) {
            let named = find(&words, &[weight, objectives, code, domain]);
            (code, domain) = named.map_or((code, domain), |named| (domain, Some(named)));
        }
        (weight.is_some() || objectives.is_some()).then_some(Self { domain: domain?, weight, objectives, code })
    }
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    line.split('|').map(|cell| cell.trim().replace("**", "")).collect()
}

impl Markdown {
    /// Takes the table that begins at `start`; gives the line after it.
    fn table(&mut self, lines: &[&str], start: usize, company: &Company) -> usize {
        let rows = lines[start..].iter().take_while(|line| line.contains('|')).count();
        let head = cells(lines[start]);
        let columns = Columns::of(&head, &lines.get(start + 2).map(|line| cells(line)).unwrap_or_default());
        for (at, line) in lines.iter().enumerate().skip(start).take(rows).filter(|(_, line)| !is_rule(line)) {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            match &columns {
                Some(columns) if at > start => self.row(&cells(line), &head, columns, number, company),
                Some(_) => {}
                None => self.lines.push(Line::read((number, 0), at == start, cells(line).join(" ").trim(), company)),
            }
        }
        start + rows
    }

    /// One row: a domain, or another row of the domain above, with the objectives in its cell.
    fn row(&mut self, row: &[String], head: &[String], columns: &Columns, number: u32, company: &Company) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", String::as_str);
        let title = cell(Some(columns.domain));
        let weight = cell(columns.weight);
        if !title.is_empty() {
            let text = format!("{} {title}", cell(columns.code));
            let mut line = Line::read((number, 0), true, text.trim(), company);
            if let Some((code, words)) = company.read(text.trim(), false, true) {
                (line.code, line.words) = (Some(code), words);
            }
            let figures = !weight.is_empty() && weight.chars().all(|letter| !letter.is_alphabetic() && letter != '%');
            let share = share::alone(&if figures { format!("{weight}%") } else { weight.to_owned() });
            if share.is_none() && !weight.is_empty() {
                self.weights_unread.push((number, weight.to_owned()));
            }
            line.share = share.or(line.share);
            line.lead = Lead::Row;
            self.lines.push(line);
        }
        let objectives = cell(columns.objectives).replace("<br/>", ";").replace("<br />", ";").replace("<br>", ";");
        for objective in objectives.split(';').map(str::trim).filter(|objective| !objective.is_empty()) {
            let line = Line::read((number, 0), true, objective, company);
            self.lines.push(Line { lead: Lead::RowItem, ..line });
        }
        let known = [Some(columns.domain), columns.weight, columns.objectives, columns.code];
        let other = |at: &usize| !known.contains(&Some(*at)) && !row[*at].is_empty();
        for at in (0..row.len()).filter(other) {
            let name = head.get(at).map_or("", String::as_str);
            self.cells_left.push((number, format!("{name}: {}", row[at])));
        }
    }
}
