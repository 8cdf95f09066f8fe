//! Serving from the command line: this machine only, on the port asked for or any free one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::college::{College, program};

#[test]
fn other_machines_are_never_served() {
    let college = College::empty();
    for command in ["serve", "demo"] {
        for address in ["0.0.0.0:0", "192.0.2.7:80", "[::]:0", "8087"] {
            let ran = college.run(&[command, "--address", address]).ended(2);
            assert!(ran.talk.contains("127.0.0.1"), "{command} {address}: {}", ran.talk);
        }
        let ran = college.run(&[command, "--address", "0.0.0.0:0"]).ended(2);
        assert!(ran.talk.contains("other machines can reach it"), "{}", ran.talk);
    }
    assert!(college.files().is_empty(), "refused before anything is loaded: {:?}", college.files());
}

/// A server that ends with its test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The first page at an address such as `http://127.0.0.1:4711/`.
fn page(address: &str) -> String {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_bound_address_is_printed() {
    let college = College::begun();
    let mut command = program(&college.path(""));
    command.args(["--as", "Ada Ramos", "serve", "--address", "127.0.0.1:0"]);
    let mut server = Server(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let lines = BufReader::new(server.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.take(2).collect();
    assert!(said[0].contains("Ada Ramos"), "{said:?}");
    let address = said[1].split_whitespace().find(|word| word.starts_with("http://127.0.0.1:")).unwrap();
    assert!(!address.ends_with(":0/"), "{address}");
    assert!(page(address).starts_with("HTTP/1.1 200"));
}

#[test]
fn with_json_the_address_is_the_document() {
    let college = College::begun();
    let mut command = program(&college.path(""));
    command.args(["--json", "serve", "--address", "localhost:0"]);
    let mut server = Server(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let document: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert!(page(document["address"].as_str().unwrap()).starts_with("HTTP/1.1 200"));
}
