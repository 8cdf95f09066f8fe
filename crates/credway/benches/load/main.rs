//! Load on a real server: many reviewers on loopback, each with a session of their own, at a steady rate for some minutes.
//!
//! ```text
//! cargo bench -p credway --bench load -- --database sqlite:FILE|postgres://… --reviewers 200 --rate 5 --seconds 300
//! ```
//!
//! It prepares the sample college with accounts, starts the built binary with accounts on, asks for pages and gives words
//! in the mix reviewers have, and says p50, p95 and p99 of each kind of request, errors, memory, and whether every word
//! that was confirmed is in the database. `--rate` is of all reviewers together, in requests a second; 0 asks as fast as
//! answers come. It is run by hand; nothing here is a test.
#![expect(clippy::print_stdout, reason = "what it finds is printed")]

mod client;
mod college;
mod server;
mod told;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::sync::Mutex;

use client::Client;
use college::College;
use told::{Kind, Told};

struct Wanted {
    database: String,
    reviewers: usize,
    rate: f64,
    seconds: u64,
}

fn wanted() -> anyhow::Result<Wanted> {
    let mut wanted = Wanted { database: String::new(), reviewers: 200, rate: 5.0, seconds: 300 };
    let mut given = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(name) = given.next() {
        let value = given.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--database" => wanted.database = value,
            "--reviewers" => wanted.reviewers = value.parse()?,
            "--rate" => wanted.rate = value.parse()?,
            "--seconds" => wanted.seconds = value.parse()?,
            other => anyhow::bail!("{other} is not known: --database, --reviewers, --rate, --seconds"),
        }
    }
    Ok(wanted)
}

fn main() -> anyhow::Result<()> {
    let wanted = wanted()?;
    if wanted.database.is_empty() {
        println!("load: name a database with --database to put a server under load");
        return Ok(());
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(wanted))
}

async fn run(wanted: Wanted) -> anyhow::Result<()> {
    let college = Arc::new(College::prepare(&wanted.database, wanted.reviewers).await?);
    let server = server::start(&wanted.database)?;
    let told = Arc::new(Mutex::new(Told::default()));
    let confirmed = Arc::new(AtomicU64::new(0));
    let end = Instant::now() + Duration::from_secs(wanted.seconds);
    let pause = (wanted.rate > 0.0).then(|| Duration::from_secs_f64(wanted.reviewers as f64 / wanted.rate));
    let mut reviewers = Vec::new();
    for number in 0..wanted.reviewers {
        let (college, told, confirmed) = (Arc::clone(&college), Arc::clone(&told), Arc::clone(&confirmed));
        let address = server.address;
        reviewers.push(tokio::spawn(async move {
            // Reviewers do not come all at once.
            if let Some(pause) = pause {
                tokio::time::sleep(pause.mul_f64(number as f64 / college.sessions.len() as f64)).await;
            }
            let client = Client::new(address, college.sessions[number].clone());
            let mut step = number;
            while Instant::now() < end {
                let begun = Instant::now();
                let kind = Kind::of(step);
                let answer = ask(&client, &college, kind, number, step).await;
                if kind == Kind::Decide && answer.is_ok() {
                    confirmed.fetch_add(1, Ordering::Relaxed);
                }
                told.lock().await.note(kind, begun.elapsed(), answer);
                step += 1;
                if let Some(pause) = pause {
                    tokio::time::sleep_until((begun + pause).into()).await;
                }
            }
        }));
    }
    for reviewer in reviewers {
        reviewer.await?;
    }
    let memory = server.memory();
    server.stop()?;
    let kept = College::decisions(&wanted.database, &college).await?;
    told.lock().await.show(wanted.seconds);
    let confirmed = confirmed.load(Ordering::Relaxed);
    println!("words confirmed {confirmed}, words kept {kept}, lost {}", confirmed.saturating_sub(kept));
    println!("memory at the end {} MiB", memory / 1024);
    Ok(())
}

async fn ask(client: &Client, college: &College, kind: Kind, who: usize, step: usize) -> Result<(), String> {
    let crosswalk = &college.crosswalks[(who + step) % college.crosswalks.len()];
    match kind {
        Kind::Home => client.get("/").await,
        Kind::Review => client.get(&format!("/crosswalks/{}/review", crosswalk.id)).await,
        Kind::Coverage => client.get(&format!("/crosswalks/{}/coverage", crosswalk.id)).await,
        Kind::Matrix => client.get(&format!("/crosswalks/{}", crosswalk.id)).await,
        Kind::Course => client.get("/courses").await,
        Kind::Decide => {
            let (statement, target) = &crosswalk.pairs[(who * 7 + step) % crosswalk.pairs.len()];
            let verdict = ["full", "partial", "rejected"][step % 3];
            let body = format!("statement={statement}&target={target}&verdict={verdict}&by=objective&show=all");
            client.post(&format!("/crosswalks/{}/decide", crosswalk.id), &body).await
        }
    }
}
