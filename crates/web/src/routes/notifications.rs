//! What the person was told, and what of it they want by mail too.

use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid, NotificationKind};
use credway_workflow::NotificationsPage;
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

pub(crate) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[Action::OwnAccount]);
    Routes::new().get("/notifications", RULE, show).post("/notifications/read", RULE, read).post(
        "/notifications/mail",
        RULE,
        mail,
    )
}

struct Line {
    id: Ctid,
    address: String,
    words: String,
    iso: String,
    at: String,
    unread: bool,
}

struct Wish {
    kind: NotificationKind,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "notifications.html")]
struct NotificationsTemplate {
    page: Page,
    lines: Vec<Line>,
    unread: usize,
    wishes: Vec<Wish>,
}

async fn show(visit: Visit) -> Answer {
    let NotificationsPage { notifications, by_mail } = visit.workbench().notifications().await?;
    let page = Page::new(&visit, Section::None, "Notifications").await?;
    let lines: Vec<Line> = notifications
        .into_iter()
        .map(|one| Line {
            id: one.id,
            iso: one.at.to_string(),
            at: words::moment(&one.at.to_string()),
            unread: one.read.is_none(),
            words: one.words.to_string(),
            address: one.address,
        })
        .collect();
    let wish = |kind: &NotificationKind| Wish { kind: *kind, chosen: by_mail.contains(kind) };
    render(&NotificationsTemplate {
        page,
        unread: lines.iter().filter(|line| line.unread).count(),
        lines,
        wishes: NotificationKind::ALL.iter().map(wish).collect(),
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReadForm {
    /// One notification; all where it is empty.
    id: String,
}

async fn read(visit: Visit, Form(form): Form<ReadForm>) -> Answer {
    let id = match form.id.as_str() {
        "" => None,
        given => Some(
            given
                .parse::<Ctid>()
                .map_err(|_| Failure::refused("The form names no notification.", "Reload the page and try again."))?,
        ),
    };
    visit.workbench().mark_read(id.as_ref()).await?;
    Ok(Redirect::to("/notifications").into_response())
}

async fn mail(visit: Visit, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let wanted: Vec<NotificationKind> = NotificationKind::ALL
        .into_iter()
        .filter(|kind| fields.iter().any(|(name, word)| name == "kind" && word == kind.word()))
        .collect();
    visit.workbench().wish_by_mail(&wanted).await?;
    Ok(Redirect::to("/notifications#by-mail").into_response())
}
