//! Running other commands, with errors that say what to do.

use anyhow::{Context, Result, anyhow, bail};
use std::{
    env, fmt,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Output, Stdio},
};

/// The status a runner ended with, when it has already said what was wrong.
#[derive(Debug)]
pub struct Exit {
    pub code: i32,
    pub what: String,
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed (exit status {})", self.what, self.code)
    }
}

impl std::error::Error for Exit {}

/// Runs to the end with the terminal's own output.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    check(status, &name(command))
}

/// Runs to the end; what it prints, to either stream, goes on to stdout line by line as it comes, and to `read`.
pub fn through(command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    let (reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().map_err(|error| not_started(command, &error))?;
    // The command holds the pipe's other end, which must be closed for the pipe to have an end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    for line in BufReader::new(reader).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        read(&line);
    }
    check(child.wait()?, &name(command))
}

/// Runs to the end and gives stdout; stderr goes through.
pub fn stdout(command: &mut Command) -> Result<String> {
    let out =
        command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    check(out.status, &name(command))?;
    String::from_utf8(out.stdout)
        .with_context(|| format!("{} printed something that is not text", name(command)))
}

/// Runs silently; only a failure shows what the command said.
pub fn quiet(command: &mut Command) -> Result<String> {
    // A backtrace of somebody else's program would push its one useful line out of sight.
    command.env("RUST_BACKTRACE", "0");
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| not_started(command, &error))?;
    let stdout = String::from_utf8_lossy(&stdout).into_owned();
    if !status.success() {
        let said = format!("{stdout}{}", String::from_utf8_lossy(&stderr));
        let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
        let tail = |count: usize| lines[lines.len().saturating_sub(count)..].join("\n    ");
        let name = name(command);
        if lacks_network(&said) {
            bail!(
                "{name} did not get what it needs from the network: connect this machine and run the same command \
                 again (what is installed once needs no network)\n    {}",
                tail(3)
            );
        }
        bail!("{name} failed ({status}); its last lines:\n    {}", tail(12));
    }
    Ok(stdout)
}

fn lacks_network(said: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "Could not resolve",
        "Could not connect",
        "Temporary failure",
        "Unable to connect",
        "Connection refused",
        "spurious network error",
        "ENOTFOUND",
        "EAI_AGAIN",
    ];
    SIGNS.iter().any(|sign| said.contains(sign))
}

fn check(status: ExitStatus, what: &str) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    Err(Exit { code: status.code().unwrap_or(1), what: what.to_owned() }.into())
}

pub fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut name =
        program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for arg in command
        .get_args()
        .take(2)
        .filter(|arg| arg.len() < 40 && !arg.to_string_lossy().starts_with('-'))
    {
        name = format!("{name} {}", arg.to_string_lossy());
    }
    format!("`{name}`")
}

pub fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == std::io::ErrorKind::NotFound {
        anyhow!("`{program}` is not on this machine: {}", how_to_get(&program))
    } else {
        anyhow!("cannot start `{program}`: {error}")
    }
}

fn how_to_get(program: &str) -> &'static str {
    match program {
        "node" | "npm" => {
            "install Node.js 20 or newer (nodejs.org or your distribution's package), then run this again"
        }
        "git" => "install git (`apt-get install git`), then run this again",
        "apt-get" | "dpkg" => {
            "the toolchain of this repository is put together on Debian; elsewhere install Solana's own cargo-build-sbf"
        }
        _ => "install it or put it on PATH, then run this again",
    }
}

/// The first executable of that name on PATH that `accept` likes.
pub fn find_on_path(name: &str, accept: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| is_executable(file) && accept(file))
}

pub fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// What `cargo run` told this process about xtask itself must not reach the cargo it starts: build scripts that watch
/// those variables would rebuild each time.
pub fn cargo_command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST")
            || name == "CARGO_BIN_NAME"
        {
            command.env_remove(&*name);
        }
    }
    command
}

/// The machine's own cargo.
pub fn host_cargo() -> Command {
    cargo_command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
