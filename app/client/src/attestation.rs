//! What attestors say, signed: gathering signatures, checking them, and handing them to an instruction.

use scrip_interface::{
    attestation::{Body, Header, Kind, Message},
    ed25519, sha256,
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_signature::Signature;
use solana_signer::Signer;
use std::collections::BTreeMap;
use thiserror::Error;

use crate::issuer::types::AttestationArgs;

/// Where a program reads the other instructions of its transaction.
pub const INSTRUCTIONS_SYSVAR: Address =
    Address::from_str_const("Sysvar1nstructions1111111111111111111111111");

/// A message and the signatures gathered for it, each attestor once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub message: Message,
    pub signatures: BTreeMap<Address, Signature>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AttestationError {
    #[error("an attestation carries 1 to {max} signatures, not {0}", max = ed25519::MAX_SIGNERS)]
    Count(usize),
    #[error("these signatures are not of the same message")]
    OtherMessage,
    #[error("the signature of attestor {0} is not of this message")]
    WrongSignature(Address),
    #[error("an attestor could not sign: {0}")]
    Unsigned(String),
}

impl Signed {
    /// Signs a body with each of the attestors' keys.
    pub fn sign<B: Body>(body: &B, attestors: &[&dyn Signer]) -> Result<Self, AttestationError> {
        Self::sign_message(body.message(), attestors)
    }

    /// Signs the 48 bytes alone: all that a machine that keeps a key needs to see of an attestation
    /// whose body it has checked elsewhere.
    pub fn sign_message(
        message: Message,
        attestors: &[&dyn Signer],
    ) -> Result<Self, AttestationError> {
        let unsigned =
            |error: solana_signer::SignerError| AttestationError::Unsigned(error.to_string());
        let signatures = attestors.iter().map(|attestor| {
            let key = attestor.try_pubkey().map_err(unsigned)?;
            Ok((key, attestor.try_sign_message(&message).map_err(unsigned)?))
        });
        Ok(Self { message, signatures: signatures.collect::<Result<_, _>>()? })
    }

    /// Puts signatures together that attestors made each on its own machine.
    pub fn join(parts: impl IntoIterator<Item = Self>) -> Result<Self, AttestationError> {
        let mut parts = parts.into_iter();
        let mut joined = parts.next().ok_or(AttestationError::Count(0))?;
        for part in parts {
            if part.message != joined.message {
                return Err(AttestationError::OtherMessage);
            }
            joined.signatures.extend(part.signatures);
        }
        Ok(joined)
    }

    /// Whether each signature is its attestor's: a wrong one would fail the whole transaction.
    pub fn verify(&self) -> Result<(), AttestationError> {
        let wrong = self
            .signatures
            .iter()
            .find(|(attestor, signature)| !signature.verify(attestor.as_ref(), &self.message));
        wrong.map_or(Ok(()), |(attestor, _)| Err(AttestationError::WrongSignature(*attestor)))
    }

    /// The instruction that has the cluster verify the signatures. It stands right before the one
    /// that consumes the attestation.
    pub fn instruction(&self) -> Result<Instruction, AttestationError> {
        let signers: Vec<_> = self
            .signatures
            .iter()
            .map(|(attestor, signature)| (attestor.to_bytes(), *signature.as_array()))
            .collect();
        let data = ed25519::encode(&signers, &self.message)
            .ok_or(AttestationError::Count(signers.len()))?;
        Ok(Instruction { program_id: ed25519::PROGRAM_ID, accounts: vec![], data })
    }
}

/// Where the program finds the signatures.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// In this very transaction.
    Signed(&'a Signed),
    /// In a posted attestation: `pda::attestation`.
    Posted(Address),
}

impl Evidence<'_> {
    /// The instruction that consumes an attestation, after the verification of its signatures if
    /// they come along. `consumer` is given the account in which it finds them.
    pub fn before(
        self,
        consumer: impl FnOnce(Address) -> Instruction,
    ) -> Result<Vec<Instruction>, AttestationError> {
        Ok(match self {
            Self::Signed(signed) => vec![signed.instruction()?, consumer(INSTRUCTIONS_SYSVAR)],
            Self::Posted(account) => vec![consumer(account)],
        })
    }
}

/// The part of a header that no account tells.
pub fn attestation_args(header: &Header) -> AttestationArgs {
    let Header { nonce, issued_at, expires_at, .. } = *header;
    AttestationArgs { nonce, issued_at, expires_at }
}

/// The Borsh bytes of a body: what a posted attestation is opened with.
pub fn body_bytes<B: Body>(body: &B) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(B::LEN);
    // Writing to memory does not fail.
    let _ = body.serialize(&mut bytes);
    bytes
}

/// The kind, and sha256 of the body: the seeds of a posted attestation.
pub fn posted_seeds<B: Body>(body: &B) -> (Kind, [u8; 32]) {
    (B::KIND, sha256(&[&body_bytes(body)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrip_interface::attestation::{MESSAGE_LEN, ReserveBody, ReserveStatement};
    use solana_keypair::Keypair;

    fn body(nonce: u64) -> ReserveBody {
        let header = Header {
            genesis_hash: [1; 32],
            program_id: scrip_interface::ids::ISSUER,
            subject: Address::new_from_array([2; 32]),
            attestor_set: Address::new_from_array([3; 32]),
            nonce,
            issued_at: 10,
            expires_at: 20,
        };
        ReserveBody { header, action_sequence: 0, statement: ReserveStatement::default() }
    }

    #[test]
    fn signatures_of_several_machines_join_and_verify() {
        let keys = [Keypair::new(), Keypair::new(), Keypair::new()];
        let parts = keys.iter().map(|key| Signed::sign(&body(1), &[key]).unwrap());
        let joined = Signed::join(parts).unwrap();
        assert_eq!(joined.signatures.len(), 3);
        assert_eq!(joined.verify(), Ok(()));

        let data = joined.instruction().unwrap().data;
        let verified = ed25519::decode(&data).unwrap();
        assert_eq!(verified.message, &body(1).message());
        assert_eq!(verified.keys().count(), 3);
    }

    #[test]
    fn signatures_of_different_messages_do_not_join() {
        let key = Keypair::new();
        let parts = [1, 2].map(|nonce| Signed::sign(&body(nonce), &[&key]).unwrap());
        assert_eq!(Signed::join(parts), Err(AttestationError::OtherMessage));
    }

    #[test]
    fn a_signature_of_another_message_is_found_before_it_is_sent() {
        let key = Keypair::new();
        let mut signed = Signed::sign(&body(1), &[&key]).unwrap();
        signed.message[MESSAGE_LEN - 1] ^= 1;
        assert_eq!(signed.verify(), Err(AttestationError::WrongSignature(key.pubkey())));
    }

    #[test]
    fn no_signatures_and_too_many_make_no_instruction() {
        let keys: Vec<_> = (0..17).map(|_| Keypair::new()).collect();
        let signers: Vec<&dyn Signer> = keys.iter().map(|key| key as _).collect();
        let signed = |count: usize| Signed::sign(&body(1), &signers[..count]).unwrap();
        assert_eq!(signed(0).instruction(), Err(AttestationError::Count(0)));
        assert_eq!(signed(17).instruction(), Err(AttestationError::Count(17)));
        assert!(signed(16).instruction().is_ok());
    }
}
