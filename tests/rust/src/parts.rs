//! Who used a transaction's compute units, by what the runtime logs of each call.

use scrip_interface::ids;
use solana_pubkey::Pubkey;

/// The compute units of a transaction, by who used them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Scrip's programs themselves, with what the runtime takes for the calls that they make.
    pub scrip: u64,
    /// Their calls to themselves, which events are.
    pub events: u64,
    /// Token-2022 and everybody else.
    pub others: u64,
    /// How many calls Scrip's programs made, events included.
    pub calls: u64,
}

struct Running<'a> {
    program: &'a str,
    /// What it called used.
    called: u64,
}

impl Parts {
    /// `logs`: of a transaction that landed, complete.
    pub fn of(logs: &[String]) -> Self {
        let ours = [ids::ISSUER, ids::GATE, ids::COLLATERAL, ids::LENDER];
        let ours = ours.map(|id: Pubkey| id.to_string());
        let is_ours = |program: &str| ours.iter().any(|id| id == program);
        let mut parts = Self::default();
        let mut running: Vec<Running> = vec![];
        for line in logs {
            let words: Vec<_> = line.split(' ').collect();
            match words[..] {
                ["Program", program, "invoke", _] => {
                    let caller = running.last().map(|caller| caller.program);
                    parts.calls += u64::from(caller.is_some_and(is_ours));
                    running.push(Running { program, called: 0 });
                }
                ["Program", program, "consumed", units, "of", _, "compute", "units"] => {
                    let units: u64 = units.parse().expect("a number of units");
                    let (caller, call) = match &mut running[..] {
                        [.., caller, call] => (Some(caller), call),
                        [call] => (None, call),
                        [] => panic!("{program} ends before it begins"),
                    };
                    let own = units - call.called;
                    let part = match &caller {
                        Some(caller) if caller.program == program => &mut parts.events,
                        _ if is_ours(program) => &mut parts.scrip,
                        _ => &mut parts.others,
                    };
                    *part += own;
                    if let Some(caller) = caller {
                        caller.called += units;
                    }
                }
                // What uses nothing of its own, as the System program, says success alone.
                ["Program", _, "success"] => {
                    running.pop();
                }
                _ => {}
            }
        }
        parts
    }
}
