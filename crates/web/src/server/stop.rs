//! The word to end: Ctrl-C, or the system's request to terminate.

/// Ends when the person presses Ctrl-C or the system asks the process to terminate. When either happens again, the
/// process ends at once: what is committed is on the disk, and nothing else would have been kept.
pub(super) fn asked() -> impl Future<Output = ()> {
    let (first, asked) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        word_to_end().await;
        // Nobody waits for it any more when the server has ended by itself.
        let _ = first.send(());
        word_to_end().await;
        std::process::exit(130);
    });
    async { drop(asked.await) }
}

/// Ctrl-C or a request to terminate.
async fn word_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupted.await };
        tokio::select! {
            () = interrupted => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
