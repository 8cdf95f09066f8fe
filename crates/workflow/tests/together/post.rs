//! Notifications by mail: only where they are wanted, a sentence and a link, and again where the server was away.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use credway_identity::{Encryption, MailSettings, Mailer};
use credway_model::{CommentSubject, Mailed, Notification, NotificationKind, Role};
use credway_workflow::{MOST_TRIES, PostRound};

use crate::college::{College, account, noon};

/// A mail server for one message: `taken` says whether it takes it. What it was sent comes back.
fn server(listener: TcpListener, taken: bool) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut out = stream.try_clone().unwrap();
        let mut answer = |words: &str| out.write_all(format!("{words}\r\n").as_bytes()).unwrap();
        let mut letter = String::new();
        let mut inside = false;
        answer("220 post.example");
        for line in BufReader::new(stream as TcpStream).lines() {
            let Ok(line) = line else { break };
            if inside {
                inside = line != ".";
                letter.push_str(&format!("{line}\n"));
                if !inside {
                    answer("250 taken");
                }
                continue;
            }
            let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
            match word.as_str() {
                "DATA" => {
                    inside = true;
                    answer("354 go on");
                }
                "RCPT" if !taken => answer("451 later"),
                "QUIT" => {
                    answer("221 bye");
                    break;
                }
                _ => answer("250 yes"),
            }
            letter.push_str(&format!("{line}\n"));
        }
        letter
    })
}

fn mailer(port: u16) -> Mailer {
    let settings = MailSettings {
        port: Some(port),
        encryption: Encryption::None,
        timeout: Duration::from_secs(20),
        ..MailSettings::new("127.0.0.1", "credway@pier.example")
    };
    Mailer::new(settings).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wanted_by_mail_is_sent_once_and_tried_again() {
    let college = College::new().await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    let ben = college.member("Ben Second", Role::FacultyReviewer).await;
    let subject = CommentSubject::Crosswalk(college.crosswalk);
    ann.comment(&subject, "@Ben Second, before it was wanted").await.unwrap();
    ben.wish_by_mail(&[NotificationKind::Mentioned]).await.unwrap();
    ann.comment(&subject, "@Ben Second, zxcvbcomment").await.unwrap();
    assert_eq!(college.owner.send_waiting(&Mailer::off(), "https://pier.example").await.unwrap(), PostRound::default());

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let busy = server(listener, false);
    let round = college.owner.send_waiting(&mailer(port), "https://pier.example").await.unwrap();
    assert_eq!(round, PostRound { sent: 0, again: 1, given_up: 0 });
    busy.join().unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let post = server(listener, true);
    let round = college.owner.send_waiting(&mailer(port), "https://pier.example/").await.unwrap();
    assert_eq!(round, PostRound { sent: 1, again: 0, given_up: 0 });
    let letter = post.join().unwrap().replace("=\n", "");
    assert!(letter.contains("RCPT TO:<ben.second@pier.example>"), "{letter}");
    assert!(letter.contains(&format!("https://pier.example/comments/{subject}")), "{letter}");
    assert!(!letter.contains("zxcvbcomment"), "never what was said: {letter}");
    // Nobody listens there any more: a second letter would be tried and fail.
    let round = college.owner.send_waiting(&mailer(port), "https://pier.example").await.unwrap();
    assert_eq!(round, PostRound::default(), "sent once");

    ann.comment(&subject, "@Ben Second again").await.unwrap();
    for _ in 1..MOST_TRIES {
        let round = college.owner.send_waiting(&mailer(port), "https://pier.example").await.unwrap();
        assert_eq!((round.again, round.given_up), (1, 0));
    }
    let last = college.owner.send_waiting(&mailer(port), "https://pier.example").await.unwrap();
    assert_eq!((last.again, last.given_up), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_server_is_sending_is_left_to_it_for_ten_minutes() {
    let college = College::new().await;
    college.member("Ben Second", Role::FacultyReviewer).await;
    let told = |minutes: i64| Notification {
        id: credway_model::Ctid::derive(&college.crosswalk, "notification", &minutes.to_string()),
        account: account("Ben Second"),
        kind: NotificationKind::Mentioned,
        at: noon(),
        address: "/comments/x".to_owned(),
        words: credway_model::Text::new("Ann names you").unwrap(),
        read: None,
        mailed: Mailed::Sending(noon() - jiff::SignedDuration::from_mins(minutes)),
        tries: 0,
    };
    let put = async |told: &Notification| {
        let work = college.store.write().await.unwrap();
        work.put_notification(told).await.unwrap();
        work.commit().await.unwrap();
    };
    put(&told(9)).await;
    // Nobody listens there: a letter would be tried and fail.
    let round = college.owner.send_waiting(&mailer(9), "https://pier.example").await.unwrap();
    assert_eq!(round, PostRound::default());
    put(&told(11)).await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let post = server(listener, true);
    let round = college.owner.send_waiting(&mailer(port), "https://pier.example").await.unwrap();
    assert_eq!(round, PostRound { sent: 1, again: 0, given_up: 0 });
    post.join().unwrap();
}
