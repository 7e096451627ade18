//! Reads accounts of the Solana Attestation Service: whether an attestation is good, and what it
//! says.
//!
//! Layouts: solana-foundation/solana-attestation-service, `program/src/state`, at 6b489d2. All
//! numbers are little-endian, vectors and names have their length before them (u32), and an account
//! is exactly as long as what it holds.

use crate::{
    constants::{MAX_VALIDITY_SECS, SAS},
    error::GateError,
    state::{Claim, Provider},
};
use anchor_lang::prelude::*;

type Checked<T> = std::result::Result<T, GateError>;

const CREDENTIAL: u8 = 0;
const SCHEMA: u8 = 1;
const ATTESTATION: u8 = 2;
const ATTESTATION_SEED: &[u8] = b"attestation";
/// Before the hash of an attestation's address, which is the investor's id.
const ID_PREFIX: &[u8] = b"sas";

/// Field types of a schema.
const U8: u8 = 0;
const U16: u8 = 1;
/// How many bytes each type of fixed length takes: u8 to u128, i8 to i128, bool, char. All types
/// after these are of variable length.
const TYPE_BYTES: [usize; 12] = [1, 2, 4, 8, 16, 1, 2, 4, 8, 16, 1, 4];

/// The three accounts that make the evidence.
pub struct Evidence<'a, 'info> {
    pub credential: &'a AccountInfo<'info>,
    pub schema: &'a AccountInfo<'info>,
    pub attestation: &'a AccountInfo<'info>,
}

/// Whom an attestation is about, and what it says.
pub struct Attested {
    pub wallet: Pubkey,
    pub claim: Claim,
}

/// The id of who is registered from an attestation. There is one attestation of a wallet for each
/// schema: closed and made again, it has the same address.
pub fn id_hash(attestation: &Pubkey) -> [u8; 32] {
    scrip_interface::sha256(&[ID_PREFIX, attestation.as_ref()])
}

impl Evidence<'_, '_> {
    /// What the attestation says, if it is good: of the provider's credential and schema, at its own
    /// address, by a signer that the credential still authorises, neither expired nor paused.
    /// Whatever it says counts for `MAX_VALIDITY_SECS` at most.
    pub fn read(&self, provider: &Provider, now: i64) -> Checked<Attested> {
        let data = self.attestation.data.borrow();
        let attestation = Attestation::parse(of_sas(self.attestation, &data))
            .ok_or(GateError::SasAttestationInvalid)?;
        let (credential, schema) = (provider.authority, provider.schema);
        let seeds: &[&[u8]] =
            &[ATTESTATION_SEED, credential.as_ref(), schema.as_ref(), attestation.nonce];
        let right = *attestation.credential == credential.to_bytes()
            && *attestation.schema == schema.to_bytes()
            && Pubkey::find_program_address(seeds, &SAS).0 == *self.attestation.key;
        if !right {
            return Err(GateError::SasAttestationInvalid);
        }
        let expires_at = i64::from_le_bytes(*attestation.expiry);
        if expires_at != 0 && expires_at <= now {
            return Err(GateError::SasAttestationExpired);
        }
        self.check_credential(provider, attestation.signer)?;
        self.check_schema(provider)?;

        let latest = now.saturating_add(i64::from(MAX_VALIDITY_SECS));
        let expires_at = if expires_at == 0 { latest } else { expires_at.min(latest) };
        let country = u16::from_le_bytes(attestation.field(provider.country_offset)?);
        let [tier] = attestation.field(provider.tier_offset)?;
        let wallet = Pubkey::new_from_array(*attestation.nonce);
        Ok(Attested { wallet, claim: Claim { country, tier, expires_at } })
    }

    fn check_credential(&self, provider: &Provider, signer: &[u8; 32]) -> Checked<()> {
        let data = self.credential.data.borrow();
        let signers = parse_credential(of_sas(self.credential, &data))
            .filter(|_| *self.credential.key == provider.authority)
            .ok_or(GateError::SasCredentialInvalid)?;
        if signers.contains(signer) { Ok(()) } else { Err(GateError::SasSignerNotAuthorized) }
    }

    fn check_schema(&self, provider: &Provider) -> Checked<()> {
        let data = self.schema.data.borrow();
        let schema = Schema::parse(of_sas(self.schema, &data))
            .filter(|_| *self.schema.key == provider.schema)
            .ok_or(GateError::SasSchemaInvalid)?;
        let fits = *schema.credential == provider.authority.to_bytes()
            && schema.has(U16, provider.country_offset)
            && schema.has(U8, provider.tier_offset);
        match (fits, schema.is_paused) {
            (false, _) => Err(GateError::SasSchemaInvalid),
            (true, true) => Err(GateError::SasSchemaPaused),
            (true, false) => Ok(()),
        }
    }
}

/// An account's bytes; none if it is not of the service. (A closed one has neither.)
fn of_sas<'d>(account: &AccountInfo, data: &'d [u8]) -> &'d [u8] {
    if *account.owner == SAS { data } else { &[] }
}

struct Attestation<'a> {
    /// The wallet that it is about, of those that count here.
    nonce: &'a [u8; 32],
    credential: &'a [u8; 32],
    schema: &'a [u8; 32],
    data: &'a [u8],
    signer: &'a [u8; 32],
    /// 0: never.
    expiry: &'a [u8; 8],
}

impl<'a> Attestation<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        bytes.tag(ATTESTATION)?;
        let (nonce, credential, schema) = (bytes.take()?, bytes.take()?, bytes.take()?);
        let data = bytes.vector(1)?;
        let (signer, expiry) = (bytes.take()?, bytes.take()?);
        let _token_account: &[u8; 32] = bytes.take()?;
        bytes.end()?;
        Some(Self { nonce, credential, schema, data, signer, expiry })
    }

    fn field<const N: usize>(&self, offset: u16) -> Checked<[u8; N]> {
        let rest = self.data.get(usize::from(offset)..);
        rest.and_then(|rest| rest.first_chunk()).copied().ok_or(GateError::SasAttestationInvalid)
    }
}

/// Its authorised signers.
fn parse_credential(bytes: &[u8]) -> Option<&[[u8; 32]]> {
    let mut bytes = Bytes(bytes);
    bytes.tag(CREDENTIAL)?;
    let _authority: &[u8; 32] = bytes.take()?;
    let _name = bytes.vector(1)?;
    let (signers, rest) = bytes.vector(32)?.as_chunks();
    bytes.end()?;
    rest.is_empty().then_some(signers)
}

struct Schema<'a> {
    credential: &'a [u8; 32],
    /// A type for each field.
    layout: &'a [u8],
    is_paused: bool,
}

impl<'a> Schema<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        bytes.tag(SCHEMA)?;
        let credential = bytes.take()?;
        let (_name, _description) = (bytes.vector(1)?, bytes.vector(1)?);
        let layout = bytes.vector(1)?;
        let _field_names = bytes.vector(1)?;
        let [is_paused, _version] = *bytes.take()?;
        bytes.end()?;
        Some(Self { credential, layout, is_paused: is_paused != 0 })
    }

    /// Whether a field of this type begins at this place of every attestation's data, whatever the
    /// other fields hold.
    fn has(&self, kind: u8, offset: u16) -> bool {
        let mut at = 0usize;
        for &field in self.layout {
            if at >= usize::from(offset) {
                return at == usize::from(offset) && field == kind;
            }
            let Some(bytes) = TYPE_BYTES.get(usize::from(field)) else { return false };
            at = at.saturating_add(*bytes);
        }
        false
    }
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(taken)
    }

    fn tag(&mut self, expected: u8) -> Option<()> {
        (*self.take()? == [expected]).then_some(())
    }

    /// A count, and as many elements of this size.
    fn vector(&mut self, element: usize) -> Option<&'a [u8]> {
        let count = usize::try_from(u32::from_le_bytes(*self.take()?)).ok()?;
        let (taken, rest) = self.0.split_at_checked(count.checked_mul(element)?)?;
        self.0 = rest;
        Some(taken)
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
