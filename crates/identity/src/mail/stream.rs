//! The connection to a mail server before it is encrypted, read one byte at a time.
//!
//! Whoever sits on the way may send more than the server's consent to STARTTLS before encryption begins. The library
//! reads ahead and would take that as what the server says under encryption (“response injection”: Poddebniak and
//! others, “Why TLS Is Better Without STARTTLS”, USENIX Security 2021; found here in lettre 0.11.23). Read byte by byte,
//! nothing is read ahead: what was smuggled in meets the handshake, which fails. This file refuses to hurry.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A connection of which no more than what is asked for is ever read.
#[derive(Debug)]
pub(super) struct ByteByByte(pub(super) TcpStream);

impl AsyncRead for ByteByByte {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut byte = [0];
        let room = buffer.remaining().min(1);
        let mut one = ReadBuf::new(&mut byte[..room]);
        ready!(Pin::new(&mut self.0).poll_read(context, &mut one))?;
        buffer.put_slice(one.filled());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ByteByByte {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

impl AsyncTokioStream for ByteByByte {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.peer_addr()
    }
}
