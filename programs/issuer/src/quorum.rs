//! Whether a quorum of a custodian's attestors signed exactly this.

use crate::{
    constants::*,
    error::IssuerError,
    introspection::{INSTRUCTIONS_SYSVAR, preceding_ed25519},
    state::{Attestation, AttestorSet, Issuer, NonceWindow, Nonces, Ticker},
};
use anchor_lang::{Discriminator, prelude::*};
use scrip_interface::{
    attestation::{Body, Header, Kind, Message, message},
    ed25519,
};
use scrip_math::Timestamp;

/// The part of an attestation's header that no account tells.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttestationArgs {
    pub nonce: u64,
    pub issued_at: i64,
    pub expires_at: i64,
}

/// Who is asked, and where the answer is.
pub struct Quorum<'a, 'info> {
    pub issuer: &'a AccountLoader<'info, Issuer>,
    pub attestor_set: &'a AccountLoader<'info, AttestorSet>,
    /// The Instructions sysvar, if the Ed25519 instruction just before carries the signatures; or
    /// the posted attestation that holds them.
    pub signatures: &'a AccountInfo<'info>,
}

/// What an attestation must be about.
pub struct Subject<'a> {
    /// Whose attestors count.
    pub custodian: Pubkey,
    /// The mint, or the custodian.
    pub address: Pubkey,
    pub nonces: &'a mut Nonces,
}

impl AttestationArgs {
    pub fn require_in_time(&self, kind: Kind, now: i64) -> Result<()> {
        let issued_at = Timestamp(self.issued_at);
        let expires_at = Timestamp(self.expires_at);
        let now = Timestamp(now);
        let lifetime = expires_at.secs_since(issued_at);
        let longest = match kind {
            Kind::Quote => MAX_QUOTE_LIFETIME_SECS,
            _ => MAX_ATTESTATION_LIFETIME_SECS,
        };
        require!(lifetime > 0 && lifetime <= longest, IssuerError::AttestationLifetimeInvalid);
        require!(
            issued_at <= now.saturating_add_secs(CLOCK_TOLERANCE_SECS),
            IssuerError::AttestationNotYetIssued
        );
        require!(now < expires_at, IssuerError::AttestationExpired);
        Ok(())
    }
}

impl Quorum<'_, '_> {
    /// Takes an attestation: in time, signed by a quorum of a set of the custodian that may sign
    /// its kind, its nonce used for the first time. Returns the bit mask of the set's members who
    /// signed. `body` completes the header with the caller's own arguments and accounts.
    pub fn take<B: Body>(
        &self,
        subject: Subject,
        args: &AttestationArgs,
        now: i64,
        body: impl FnOnce(Header) -> B,
    ) -> Result<u16> {
        let set = self.attestor_set.load()?;
        require_keys_eq!(set.custodian, subject.custodian, IssuerError::WrongCustodian);
        set.require_may_sign(B::KIND, now)?;
        args.require_in_time(B::KIND, now)?;

        let message = body(self.header(args, subject.address)?).message();
        let signers = if *self.signatures.key == INSTRUCTIONS_SYSVAR {
            self.inline_signers(&set, &message)?
        } else {
            self.posted_signers(&set, &message)?
        };
        subject.nonces.consume(args.nonce)?;
        Ok(signers)
    }

    /// Takes an attestation about a ticker, by its own nonces.
    pub fn take_about<B: Body>(
        &self,
        ticker: &Ticker,
        nonces: &AccountLoader<NonceWindow>,
        args: &AttestationArgs,
        now: i64,
        body: impl FnOnce(Header) -> B,
    ) -> Result<u16> {
        let mut nonces = nonces.load_mut()?;
        let subject = Subject {
            custodian: ticker.custodian,
            address: ticker.mint,
            nonces: nonces.of(&ticker.mint)?,
        };
        self.take(subject, args, now, body)
    }

    /// The header as the attestors must have signed it.
    fn header(&self, args: &AttestationArgs, subject: Pubkey) -> Result<Header> {
        Ok(Header {
            genesis_hash: self.issuer.load()?.genesis_hash,
            program_id: crate::ID,
            subject,
            attestor_set: self.attestor_set.key(),
            nonce: args.nonce,
            issued_at: args.issued_at,
            expires_at: args.expires_at,
        })
    }

    fn inline_signers(&self, set: &AttestorSet, message: &Message) -> Result<u16> {
        let sysvar = self.signatures.try_borrow_data()?;
        let data = preceding_ed25519(&sysvar).ok_or(IssuerError::Ed25519Missing)?;
        let verified = ed25519::decode(data).ok_or(IssuerError::Ed25519LayoutInvalid)?;
        require!(verified.message == message, IssuerError::AttestationMismatch);
        set.require_quorum(verified.keys())
    }

    /// The account says the truth about who signed its digest: only this program writes one. The
    /// digest covers issuer, set and subject, so an attestation of another one cannot match.
    fn posted_signers(&self, set: &AttestorSet, signed: &Message) -> Result<u16> {
        require_keys_eq!(*self.signatures.owner, crate::ID, IssuerError::Ed25519Missing);
        let data = self.signatures.try_borrow_data()?;
        let (discriminator, rest) =
            data.split_first_chunk::<8>().ok_or(IssuerError::Ed25519Missing)?;
        require!(discriminator == Attestation::DISCRIMINATOR, IssuerError::Ed25519Missing);
        let posted = bytemuck::try_from_bytes::<Attestation>(rest)
            .map_err(|_| IssuerError::Ed25519Missing)?;
        let kind = Kind::from_number(posted.kind).ok_or(IssuerError::AttestationBodyInvalid)?;
        require!(message(kind, &posted.digest) == *signed, IssuerError::AttestationMismatch);
        set.require_posted_quorum(posted.signers())
    }
}
