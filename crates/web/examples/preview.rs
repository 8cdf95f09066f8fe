//! Serves the sample college from a temporary file, to look at the pages: `cargo run -p credway-web --example preview
//! -- 8765`.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};

use credway_model::{Person, Text};
use credway_workflow::{Options, ServeSettings, Workbench};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().map_or(Ok(8765), |port| port.parse())?;
    let sample = arguments.next().as_deref() != Some("empty");
    let folder = tempfile::tempdir()?;
    let database = format!("sqlite:{}", folder.path().join("preview.db").display());
    let workbench = Workbench::open(&Options { database, create: true }).await?;
    let person = Person(Text::new("Dana Okafor")?);
    if sample {
        workbench.by(&person).load_sample(&()).await?;
    }
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    credway_web::serve(workbench, person, ServeSettings::at(address), |bound| {
        let _ = writeln!(std::io::stderr(), "http://{bound}/");
    })
    .await?;
    Ok(())
}
