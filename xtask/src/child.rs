//! Child processes that must not outlive this one: stopped when their owner is dropped (return, error, panic), on
//! Ctrl-C and SIGTERM, and by the kernel should this process be killed.

use crate::run;
use anyhow::{Context, Result};
use nix::{
    sys::{
        signal::{Signal, killpg},
        wait::{WaitPidFlag, waitpid},
    },
    unistd::Pid,
};
use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Process groups to stop before this process ends.
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());
/// What this process ends with after a signal.
static STATUS: AtomicI32 = AtomicI32::new(130);
const GRACE: Duration = Duration::from_secs(5);

/// From here on a signal stops all supervised children, then ends this process with `status`.
pub fn stop_on_signals(status: i32) -> Result<()> {
    STATUS.store(status, Ordering::SeqCst);
    match ctrlc::set_handler(end) {
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(()),
        Err(error) => Err(error).context("cannot listen for Ctrl-C"),
    }
}

fn end() {
    let running = std::mem::take(&mut *running());
    eprintln!("\nstopping ...");
    for pid in &running {
        let _ = killpg(*pid, Signal::SIGTERM);
    }
    for pid in running {
        let deadline = Instant::now() + GRACE;
        // An error means that somebody else has already waited for it.
        while matches!(waitpid(pid, Some(WaitPidFlag::WNOHANG)), Ok(state) if state.pid().is_none())
        {
            if Instant::now() > deadline {
                let _ = killpg(pid, Signal::SIGKILL);
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
    std::process::exit(STATUS.load(Ordering::SeqCst));
}

fn running() -> std::sync::MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

pub struct Supervised {
    child: Child,
    pid: Pid,
}

impl Supervised {
    /// Starts `command` in a process group of its own: Ctrl-C reaches this process alone, which stops the group in order.
    pub fn start(command: &mut Command) -> Result<Self> {
        command.process_group(0);
        #[cfg(target_os = "linux")]
        // SAFETY: prctl is async-signal-safe and touches no memory of ours.
        unsafe {
            command.pre_exec(|| Ok(nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?));
        }
        let mut running = running();
        let child = command.spawn().map_err(|error| run::not_started(command, &error))?;
        let pid = Pid::from_raw(i32::try_from(child.id())?);
        running.push(pid);
        Ok(Self { child, pid })
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self.child.wait();
        if RUNNING.lock().is_ok_and(|running| !running.contains(&self.pid)) {
            // The signal handler is stopping everything and will end this process.
            thread::sleep(GRACE * 2);
        }
        status.context("cannot wait for a child process")
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        running().retain(|pid| *pid != self.pid);
        let _ = killpg(self.pid, Signal::SIGTERM);
        let deadline = Instant::now() + GRACE;
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                let _ = killpg(self.pid, Signal::SIGKILL);
                let _ = self.child.wait();
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::sys::signal::kill;

    #[test]
    fn a_dropped_child_is_gone() {
        let mut command = Command::new("sleep");
        let mut child = Supervised::start(command.arg("60")).unwrap();
        let pid = child.pid;
        assert!(child.child().try_wait().unwrap().is_none());
        drop(child);
        assert!(kill(pid, None).is_err());
    }

    #[test]
    fn a_child_that_ignores_sigterm_goes_with_a_panic_too() {
        let (send, receive) = std::sync::mpsc::channel();
        let panicked = thread::spawn(move || {
            let mut command = Command::new("sh");
            let child =
                Supervised::start(command.args(["-c", "trap '' TERM; sleep 60 & wait; wait"]))
                    .unwrap();
            send.send(child.pid).unwrap();
            panic!("on purpose");
        });
        assert!(panicked.join().is_err());
        assert!(kill(receive.recv().unwrap(), None).is_err());
    }
}
