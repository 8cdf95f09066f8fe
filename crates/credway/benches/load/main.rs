//! Load on a real server: many reviewers on loopback, each with a session of their own, at a steady rate for some minutes.
//!
//! ```text
//! cargo bench -p credway --bench load -- --database sqlite:FILE|postgres://… --reviewers 200 --rate 5 --seconds 300
//! ```
//!
//! It prepares the sample college with accounts, starts the built binary with accounts on, asks for pages and gives words
//! in the mix reviewers have (every fourth word on one and the same row), and says p50, p95 and p99 of each kind of
//! request, errors, memory, and whether every word that was confirmed is in the database. `--rate` is of all reviewers
//! together, in requests a second; 0 asks as fast as answers come. With `--kill-every SECONDS` the server is killed
//! (SIGKILL) and started again that often; requests that got no answer are told as errors then, and no confirmed word may
//! be missing all the same. It is run by hand; nothing here is a test.
#![expect(clippy::print_stdout, reason = "what it finds is printed")]

mod client;
mod college;
mod server;
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use client::Client;
use college::{College, Word};
use server::Server;
use told::{Kind, Told};

struct Wanted {
    database: String,
    reviewers: usize,
    rate: f64,
    seconds: u64,
    kill_every: u64,
}

/// What all reviewers share.
struct Load {
    college: College,
    told: Mutex<Told>,
    confirmed: Mutex<BTreeMap<Word, u64>>,
    end: Instant,
    /// How long a reviewer waits from one request to the next.
    pause: Option<Duration>,
}

fn wanted() -> anyhow::Result<Wanted> {
    let mut wanted = Wanted { database: String::new(), reviewers: 200, rate: 5.0, seconds: 300, kill_every: 0 };
    let mut given = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(name) = given.next() {
        let value = given.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--database" => wanted.database = value,
            "--reviewers" => wanted.reviewers = value.parse()?,
            "--rate" => wanted.rate = value.parse()?,
            "--seconds" => wanted.seconds = value.parse()?,
            "--kill-every" => wanted.kill_every = value.parse()?,
            other => {
                anyhow::bail!("{other} is not known: --database, --reviewers, --rate, --seconds, --kill-every")
            }
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
    let college = College::prepare(&wanted.database, wanted.reviewers).await?;
    let mut server = server::start(&wanted.database, None)?;
    let begun = server.memory();
    let load = Arc::new(Load {
        college,
        told: Mutex::default(),
        confirmed: Mutex::default(),
        end: Instant::now() + Duration::from_secs(wanted.seconds),
        pause: (wanted.rate > 0.0).then(|| Duration::from_secs_f64(wanted.reviewers as f64 / wanted.rate)),
    });
    let address = server.address;
    let reviewers: Vec<JoinHandle<()>> =
        (0..wanted.reviewers).map(|number| tokio::spawn(Arc::clone(&load).review(number, address))).collect();
    let mut kills = 0;
    while wanted.kill_every > 0 && Instant::now() + Duration::from_secs(wanted.kill_every) < load.end {
        tokio::time::sleep(Duration::from_secs(wanted.kill_every)).await;
        server = server::start(&wanted.database, Some(server.kill()?))?;
        kills += 1;
    }
    for reviewer in reviewers {
        reviewer.await?;
    }
    show(&wanted, &load, server, begun, kills).await
}

/// What was found, and whether a word is lost.
async fn show(wanted: &Wanted, load: &Load, server: Server, begun: u64, kills: u32) -> anyhow::Result<()> {
    let (memory, most) = (server.memory(), server.most_memory());
    server.stop()?;
    let kept = load.college.kept(&wanted.database).await?;
    load.told.lock().await.show(wanted.seconds);
    let confirmed = load.confirmed.lock().await;
    let lost: u64 =
        confirmed.iter().map(|(word, times)| times.saturating_sub(kept.get(word).copied().unwrap_or_default())).sum();
    let (said, all) = (confirmed.values().sum::<u64>(), kept.values().sum::<u64>());
    println!("kills of the server {kills}");
    println!("words confirmed {said}, words kept {all}, confirmed and lost {lost}");
    println!("memory MiB: {} at the start, {} at the end, {} at most", begun / 1024, memory / 1024, most / 1024);
    anyhow::ensure!(lost == 0, "{lost} confirmed words are not in the database");
    Ok(())
}

impl Load {
    /// One reviewer's day.
    async fn review(self: Arc<Self>, number: usize, address: std::net::SocketAddr) {
        // Reviewers do not come all at once.
        if let Some(pause) = self.pause {
            tokio::time::sleep(pause.mul_f64(number as f64 / self.college.sessions.len() as f64)).await;
        }
        let client = Client::new(address, self.college.sessions[number].clone());
        let mut step = number;
        while Instant::now() < self.end {
            let begun = Instant::now();
            let kind = Kind::of(step);
            let answer = self.ask(&client, kind, number, step).await;
            self.told.lock().await.note(kind, begun.elapsed(), answer);
            step += 1;
            match self.pause {
                Some(pause) => tokio::time::sleep_until((begun + pause).into()).await,
                None => tokio::task::yield_now().await,
            }
        }
    }

    async fn ask(&self, client: &Client, kind: Kind, who: usize, step: usize) -> Result<(), String> {
        let crosswalks = &self.college.crosswalks;
        let number = (who + step) % crosswalks.len();
        let crosswalk = &crosswalks[number];
        match kind {
            Kind::Home => client.get("/").await,
            Kind::Review => client.get(&format!("/crosswalks/{}/review", crosswalk.id)).await,
            Kind::Coverage => client.get(&format!("/crosswalks/{}/coverage", crosswalk.id)).await,
            Kind::Matrix => client.get(&format!("/crosswalks/{}", crosswalk.id)).await,
            Kind::Course => client.get("/courses").await,
            Kind::Decide => {
                let one_row = step % 4 == 1;
                let number = if one_row { 0 } else { number };
                let (crosswalk, rows) = (&crosswalks[number], &crosswalks[number].rows);
                let row = if one_row { &rows[0] } else { &rows[(who * 7 + step) % rows.len()] };
                let (statement, target) = (row.statement, row.target);
                let verdict = ["full", "partial", "rejected"][step % 3];
                let body = format!("statement={statement}&target={target}&verdict={verdict}&by=objective&show=all");
                client.post(&format!("/crosswalks/{}/decide", crosswalk.id), &body).await?;
                let word = (who, number, row.name.clone(), verdict.to_owned());
                *self.confirmed.lock().await.entry(word).or_default() += 1;
                Ok(())
            }
        }
    }
}
