//! What every page has around its own content: title, place in the menu, who acts, and the token of its forms.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use credway_model::Action;
use credway_workflow::Institution;

use crate::error_page::Failure;
use crate::visit::{Presence, Visit};

/// A handler's answer: a page, or a failure that is shown as a designed page.
pub(crate) type Answer = Result<Response, Failure>;

/// The place in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Programs,
    Pathways,
    Blueprints,
    Courses,
    Credentials,
    Import,
    Findings,
    Signoffs,
    History,
    /// Sheets that were shared with who looks, for who works for no institution.
    Shared,
    People,
    /// Help, source view, errors: in no section of the menu.
    None,
}

/// The menu: section, address, word, and what one must be able to do somewhere to be shown it.
const MENU: [(Section, &str, &str, Action); 12] = [
    (Section::Home, "/", "Home", Action::OwnAccount),
    (Section::Programs, "/programs", "Programs", Action::ReadCatalogue),
    (Section::Pathways, "/pathways", "Pathways", Action::ReadCatalogue),
    (Section::Blueprints, "/blueprints", "Blueprints", Action::ReadShared),
    (Section::Courses, "/courses", "Courses", Action::ReadCatalogue),
    (Section::Credentials, "/credentials", "Credentials", Action::ReadShared),
    (Section::Import, "/import", "Import", Action::ImportCatalogue),
    (Section::Findings, "/findings", "Findings", Action::ReadFindings),
    (Section::Signoffs, "/signoffs", "Sign-offs", Action::ReadCrosswalk),
    (Section::History, "/history", "History", Action::ReadHistory),
    (Section::Shared, "/shared", "Shared with you", Action::ReadSheet),
    (Section::People, "/people", "People", Action::ReadPeople),
];

/// One line of the menu.
pub(crate) struct MenuLine {
    pub(crate) address: &'static str,
    pub(crate) word: &'static str,
    pub(crate) here: bool,
}

/// What `layout.html` needs; every template that extends it has a field `page` of this type.
pub(crate) struct Page {
    /// The title, without the product's name.
    pub(crate) title: String,
    /// Who acts.
    pub(crate) person: String,
    /// The institution's name, once it has one.
    pub(crate) institution: Option<String>,
    /// The lines of the menu this visitor is shown.
    lines: Vec<MenuLine>,
    /// Whether somebody has signed in, so that they can sign out.
    pub(crate) signed_in: bool,
    /// Whether the site has accounts and nobody has signed in.
    pub(crate) stranger: bool,
    /// How much of what they were told the person has not read; nothing for who has no account.
    pub(crate) unread: Option<u64>,
    /// The token for forms: `<input type="hidden" name="csrf" value="{{ page.csrf }}">`, first in the form.
    pub(crate) csrf: String,
}

impl Page {
    /// The page's surroundings.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn new(state: &Visit, section: Section, title: impl Into<String>) -> Result<Self, Failure> {
        let institution = state.workbench().institution().await?;
        let mut page = Self::with(state, title.into(), institution);
        let is_outside = !state.workbench().may_somewhere(Action::ReadShared).await?;
        for (of, address, word, action) in MENU {
            let fits = match of {
                // Without accounts there are no people to keep.
                Section::People => state.settings().accounts,
                Section::Home => !is_outside,
                Section::Shared => is_outside,
                _ => true,
            };
            if fits && state.workbench().may_somewhere(action).await? {
                page.lines.push(MenuLine { address, word, here: of == section });
            }
        }
        if state.workbench().actor().account().is_some() {
            page.unread = Some(state.workbench().unread_notifications().await?);
        }
        Ok(page)
    }

    /// The page's surroundings without asking the database: for pages that say it failed.
    pub(crate) fn bare(state: &Visit, title: impl Into<String>) -> Self {
        Self::with(state, title.into(), None)
    }

    fn with(state: &Visit, title: String, institution: Option<Institution>) -> Self {
        Self {
            title,
            person: state.workbench().person().name().to_owned(),
            institution: institution.map(|institution| institution.name),
            lines: Vec::new(),
            signed_in: matches!(state.presence(), Presence::SignedIn(_)),
            stranger: matches!(state.presence(), Presence::Stranger | Presence::HalfWay(_)),
            unread: None,
            csrf: state.csrf().to_owned(),
        }
    }

    /// The menu with this page's place marked.
    pub(crate) fn menu(&self) -> &[MenuLine] {
        &self.lines
    }

    /// The address of an asset that changes when the asset changes.
    pub(crate) fn asset(&self, name: &str) -> String {
        crate::assets::address(name)
    }
}

/// A page with a secret that is shown once: nothing keeps a copy of it.
///
/// # Errors
/// As [`render`].
pub(crate) fn render_secret(template: &impl Template) -> Answer {
    let mut answer = render(template)?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// The template as a page.
///
/// # Errors
/// When the template cannot be written: a defect.
pub(crate) fn render(template: &impl Template) -> Answer {
    Ok(Html(template.render()?).into_response())
}
