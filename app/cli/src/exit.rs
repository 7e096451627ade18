//! How a command ends: the exit status, one sentence, and what to do about it.

use std::fmt;

pub type Result<T> = std::result::Result<T, Failure>;

/// The exit status. Documented in the README and in `scrip --help`; a status keeps its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Something that has no status of its own.
    Failed = 1,
    /// Arguments or configuration that make no sense.
    Usage = 2,
    /// A key file, attestation file or table that is missing, broken or tampered with.
    File = 3,
    /// No cluster answers, or it is another one than meant.
    Cluster = 4,
    /// The chain refuses, or would.
    Refused = 5,
    /// What was asked for is not on the chain.
    Missing = 6,
    /// Not yet: signatures or time are lacking.
    NotYet = 7,
    /// Nobody confirmed.
    Declined = 8,
    /// An audit found something that does not add up.
    Unsound = 9,
}

impl Exit {
    /// The name in JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::File => "file",
            Self::Cluster => "cluster",
            Self::Refused => "refused",
            Self::Missing => "missing",
            Self::NotYet => "not_yet",
            Self::Declined => "declined",
            Self::Unsound => "unsound",
        }
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    /// A sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Number of the program's error, where a program refused.
    pub code: Option<u32>,
}

impl Failure {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: None, code: None }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub fn file(message: impl Into<String>) -> Self {
        Self::new(Exit::File, message)
    }

    pub fn cluster(message: impl Into<String>) -> Self {
        Self::new(Exit::Cluster, message)
    }

    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Exit::Refused, message)
    }

    pub fn missing(message: impl Into<String>) -> Self {
        Self::new(Exit::Missing, message)
    }

    pub fn not_yet(message: impl Into<String>) -> Self {
        Self::new(Exit::NotYet, message)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub const fn code(mut self, code: u32) -> Self {
        self.code = Some(code);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
