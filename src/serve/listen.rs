//! The socket: who gets in, how long they may take to speak, and how all of it stops.

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::{App, Names, Options, Shared, change, frame, gate, graph, metrics, pool, quick, routes, watch};
use crate::error::{Error, Result};
use crate::store::Store;

/// How long the head of a request may take, and a connection may idle.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// Bytes of the head of a request.
const HEAD_SIZE: usize = 128 << 10;

/// How long requests may take that are under way when the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Stack of a thread: look-ups in SPARQL are read by recursion. Only what is used of it takes memory.
const STACK: usize = 64 << 20;

/// Our own look-ups at a time.
const LOOKUPS: usize = 8;

/// Serves until SIGINT or SIGTERM. `ready` is told the address.
///
/// # Errors
/// An address that cannot be taken.
pub fn run(store: Store, names: Names, options: Options, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build()?;
    let desks = desks()?;
    let (bind, connections) = (options.bind, options.connections);
    let app = Arc::new(App {
        current: Arc::new(graph::Current::new(&options.graph, store, names)),
        change: change::Change::new(options.token.as_deref()),
        gate: gate::Gate::new(LOOKUPS, options.timeout),
        quick: quick::Quick::start()?,
        pool: pool::Pool::new(&options),
        metrics: metrics::Metrics::default(),
        options,
    });
    let done = runtime.block_on(async {
        let taken = |e: std::io::Error| {
            Error::from(e).at(bind).hint("give another address: --bind 127.0.0.1:8000, or port 0 for any that is free")
        };
        let listener = TcpListener::bind(bind).await.map_err(taken)?;
        let stop = stopped()?;
        ready(listener.local_addr()?);
        tokio::spawn(watch::watch(Arc::clone(&app)));
        accept(listener, &app, connections, &desks, stop).await;
        Ok(())
    });
    runtime.shutdown_background();
    done
}

/// A thread a core, each with connections of its own: answers are so short that to hand a task to another thread costs as much.
/// One more works where another waits.
fn desks() -> Result<Vec<Handle>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let start = |_| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let serve = move || runtime.block_on(std::future::pending::<()>());
        std::thread::Builder::new().name("desk".to_owned()).stack_size(STACK).spawn(serve)?;
        Ok(handle)
    };
    (0..=cores).map(start).collect()
}

async fn accept(
    listener: TcpListener,
    app: &Shared,
    connections: usize,
    desks: &[Handle],
    stop: impl Future<Output = ()>,
) {
    let (places, graceful) = (Arc::new(Semaphore::new(connections)), GracefulShutdown::new());
    let (mut stop, mut turns, router) = (std::pin::pin!(stop), desks.iter().cycle(), routes::router(app));
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! { next = next => next, () = &mut stop => break };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await; // out of file descriptors: some will be closed
            continue;
        };
        let (Ok(stream), Some(desk)) = (stream.into_std(), turns.next()) else { continue };
        let (app, router, watcher) = (Arc::clone(app), router.clone(), graceful.watcher());
        desk.spawn(async move {
            let _place = place;
            if let Ok(stream) = TcpStream::from_std(stream) {
                _ = watcher.watch(connection(stream, app, router)).await; // a client that breaks off is nobody's trouble
            }
        });
    }
    drop(listener);
    _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

fn connection(stream: TcpStream, app: Shared, router: Router) -> impl GracefulConnection<Error = hyper::Error> {
    _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD_SIZE);
    let answer = move |request: Request<Incoming>| {
        let (app, router) = (Arc::clone(&app), router.clone());
        async move { Ok::<_, Infallible>(frame::frame(app, router, request.map(Body::new)).await) }
    };
    http.serve_connection(TokioIo::new(stream), service_fn(answer))
}

/// Ends when the process is told to stop.
#[cfg(unix)]
fn stopped() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        _ = writeln!(std::io::stderr(), "stopping");
    })
}

#[cfg(not(unix))]
fn stopped() -> Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
