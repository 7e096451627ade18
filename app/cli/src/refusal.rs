//! What the chain refused, in words: the program's own sentence and what to do about it.

use crate::exit::Failure;
use scrip_client::refusal::Refusal;
use solana_transaction_error::TransactionError;

/// Of a transaction that failed, in simulation or on chain.
pub fn failure(refused: &Refusal) -> Failure {
    let failure = match refused.error {
        TransactionError::AccountNotFound => {
            return Failure::refused("the fee payer has no account on this cluster: it has no SOL")
                .hint("send SOL to it; on a local cluster: scrip airdrop");
        }
        TransactionError::InsufficientFundsForFee => {
            return Failure::refused("the fee payer cannot pay the fee");
        }
        _ => Failure::refused(refused.to_string()),
    };
    let failure = match refused.code() {
        Some((code, _)) => failure.code(code),
        None => failure,
    };
    match refused.entry().and_then(|entry| advice(entry.name)) {
        Some(advice) => failure.hint(advice),
        None => failure,
    }
}

/// What to do, where the program's own words leave that open.
fn advice(error: &str) -> Option<&'static str> {
    const ANNOUNCE: &str =
        "run the same command again once the timelock has passed; it announces first";
    const ATTEST: &str = "make a new attestation (scrip attest ...) and have it signed";
    const REGISTER: &str = "a provider that the policy accepts must register and link the wallet: scrip kyc register, scrip kyc link";
    Some(match error {
        "NotAdmin" => "sign with the issuer's admin: --keypair",
        "PowerMissing" => {
            "sign as the admin, or with a wallet that has the role: scrip issuer roles grant"
        }
        "RoleGrantExpired" => {
            "the admin must revoke the grant and make a new one: scrip issuer roles"
        }
        "AnnouncementMissing" | "AnnouncementExpired" | "TimelockNotPassed" => ANNOUNCE,
        "MintingPaused" | "RedemptionRequestsPaused" | "CashPaused" | "TransfersPaused" => {
            "who has the UNPAUSE role lifts it: scrip issuer unpause"
        }
        "AttestorUnknown" => "sign with members of this set: scrip attestors show",
        "ThresholdNotReached" => "gather more signatures: scrip attest sign",
        "AttestorSetProposed" => "it must be activated first: scrip attestors activate",
        "AttestationExpired" | "NonceTooOld" | "AttestationMismatch" => ATTEST,
        "NonceUsed" => {
            "it has landed already, or another one with its nonce has: scrip ticker show"
        }
        "LayoutOutdated" => "anyone can bring the account to this layout: scrip migrate",
        "StatementStale" => ATTEST,
        "ReservesInsufficient" => {
            "the custodian must hold more, and attest it: scrip attest reserves"
        }
        "RedemptionIdInvalid" => "choose an id from 0 to 7 that is free: scrip redeem list",
        "RedemptionRejected" => "claim the shares: scrip redeem claim",
        "RedemptionOverdue" => "its owner may take the shares back: scrip redeem reclaim",
        "RedemptionNotOverdue" => "the deadline is shown by scrip redeem list",
        "OwnerLimitsMissing" => "the owner's record of limits must be opened first",
        "NotRegistered" | "ProviderNotAccepted" | "RegistrationMissing" => REGISTER,
        "PolicyMissing" => "the issuer must say who may hold it: scrip policy set",
        "AccountHeld" => "compliance must lift the hold: scrip hold lift",
        "CorporateActionWindow" => "try again after the window; ways out are open",
        "ActionOpen" => {
            "close it after its window, or cancel it: scrip action close, scrip action cancel"
        }
        "HoldUnderSeizure" => "execute or cancel the seizure first: scrip seize",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;
    use scrip_client::catalog::PROGRAMS;
    use solana_instruction_error::InstructionError;

    fn custom(code: u32, logs: &[&str]) -> Failure {
        let error = TransactionError::InstructionError(1, InstructionError::Custom(code));
        failure(&Refusal::new(error, logs.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn a_programs_own_error_is_named_with_its_sentence() {
        let failure = custom(6_000, &[]);
        assert_eq!((failure.exit, failure.code), (Exit::Refused, Some(6_000)));
        assert_eq!(failure.message, "NotAdmin: the signer is not the issuer's admin");
        assert_eq!(failure.hint.as_deref(), Some("sign with the issuer's admin: --keypair"));
    }

    #[test]
    fn anothers_error_is_told_by_its_log() {
        let failure = custom(1, &["Program log: Error: insufficient funds"]);
        assert!(failure.message.contains("insufficient funds"), "{failure}");
    }

    #[test]
    fn a_payer_without_funds_is_told_so() {
        let failure = failure(&Refusal::new(TransactionError::AccountNotFound, vec![]));
        assert!(failure.message.contains("no SOL"), "{failure}");
    }

    /// An error that was renamed must not keep advice that nobody sees.
    #[test]
    fn advice_is_for_errors_that_exist() {
        let source = include_str!("refusal.rs");
        let arms =
            source.split("Some(match error {").nth(1).unwrap().split("_ => return None").next();
        let names = arms.unwrap().split('"').filter(|text| {
            text.starts_with(|c: char| c.is_ascii_uppercase())
                && text.chars().all(|c| c.is_ascii_alphanumeric())
        });
        let known: Vec<&str> =
            PROGRAMS.iter().flat_map(|program| program.errors).map(|error| error.name).collect();
        let mut count = 0;
        for name in names {
            assert!(known.contains(&name), "{name}");
            count += 1;
        }
        assert!(count > 30, "{count}");
    }
}
