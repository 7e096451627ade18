//! A local Solana validator in one process: surfpool, offline, with programs placed at their own
//! addresses, so that no program keypair is needed. `scrip-validator --help` says how to use it.

mod options;
mod programs;

use std::{
    net::{Ipv4Addr, TcpListener},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use options::{Command, Options};
use surfpool_core::surfnet::{
    locker::SurfnetSvmLocker,
    svm::{SurfnetSvm, SurfnetSvmConfig},
};
use surfpool_types::{RpcConfig, SimnetCommand, SimnetConfig, SimnetEvent, SurfpoolConfig};

const HOST: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// How long the servers get to close after a signal before the process ends anyway.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(2);

fn main() {
    let outcome = match options::parse(std::env::args().skip(1)) {
        Ok(Command::Print(text)) => {
            println!("{text}");
            Ok(())
        }
        Ok(Command::Run(options)) => run(options),
        Err(sentence) => Err(sentence),
    };
    if let Err(sentence) = &outcome {
        eprintln!("scrip-validator: {sentence}");
    }
    // Not by returning: surfpool's own threads would keep the process.
    std::process::exit(i32::from(outcome.is_err()));
}

fn run(options: Options) -> Result<(), String> {
    claim_port(options.port, "--port")?;
    claim_port(options.ws_port, "--ws-port")?;
    // Read before anything starts: a wrong path must not cost a start.
    let programs = programs::read(&options.programs)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start its threads ({error})"))?;
    runtime.block_on(serve(options, programs))
}

/// Surfpool binds with SO_REUSEPORT, so that two validators would share a port without a word.
fn claim_port(port: u16, option: &str) -> Result<(), String> {
    TcpListener::bind((HOST, port)).map(drop).map_err(|error| {
        format!("port {port} cannot be used ({error}): stop what listens there, or choose another with {option}")
    })
}

async fn serve(options: Options, programs: Vec<programs::Program>) -> Result<(), String> {
    let (svm, events, geyser_events) = SurfnetSvm::new(svm_config(&options))
        .map_err(|error| format!("cannot create its virtual machine ({error})"))?;
    let locker = SurfnetSvmLocker::new(svm);
    for program in &programs {
        programs::place(&locker, program).await?;
    }

    let (commands, commands_rx) = unbounded::<SimnetCommand>();
    tokio::spawn(stop_on_signal(commands.clone()));
    let ready =
        format!("ready rpc=http://{HOST}:{} ws=ws://{HOST}:{}", options.port, options.ws_port);
    let verbose = options.verbose;
    std::thread::spawn(move || report(&events, &ready, verbose));

    surfpool_core::runloops::start_local_surfnet_runloop(
        locker,
        surfpool_config(&options),
        commands,
        commands_rx,
        geyser_events,
    )
    .await
    .map_err(|error| format!("stopped: {error}"))
}

fn svm_config(options: &Options) -> SurfnetSvmConfig {
    SurfnetSvmConfig {
        slot_time: options.slot_ms,
        // Profiling runs every transaction once more for each of its instructions.
        instruction_profiling_enabled: false,
        ..SurfnetSvmConfig::default()
    }
}

fn surfpool_config(options: &Options) -> SurfpoolConfig {
    SurfpoolConfig {
        simnets: vec![SimnetConfig {
            offline_mode: true,
            remote_rpc_url: None,
            slot_time: options.slot_ms,
            instruction_profiling_enabled: false,
            ..SimnetConfig::default()
        }],
        rpc: RpcConfig {
            bind_host: HOST.to_string(),
            bind_port: options.port,
            ws_port: options.ws_port,
            ..RpcConfig::default()
        },
        ..SurfpoolConfig::default()
    }
}

/// Reads surfpool's events for as long as it runs: the channel is bounded, and some senders block.
fn report(events: &Receiver<SimnetEvent>, ready: &str, verbose: bool) {
    for event in events {
        match event {
            SimnetEvent::CoreStarted(_) => println!("{ready}"),
            SimnetEvent::Aborted(reason) => {
                eprintln!("scrip-validator: a server stopped: {reason}");
                std::process::exit(1);
            }
            SimnetEvent::InfoLog(_, text)
            | SimnetEvent::WarnLog(_, text)
            | SimnetEvent::ErrorLog(_, text)
                if verbose =>
            {
                eprintln!("{text}");
            }
            SimnetEvent::TransactionProcessed(_, meta, error) if verbose => {
                let outcome = error.map_or("ok".to_string(), |error| error.to_string());
                eprintln!("{} {outcome}", meta.signature);
            }
            _ => {}
        }
    }
}

async fn stop_on_signal(commands: Sender<SimnetCommand>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return; // The signals keep their default meaning: the process ends.
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    let _ = commands.send(SimnetCommand::Terminate(None));
    tokio::time::sleep(SHUTDOWN_GRACE).await;
    std::process::exit(0);
}
