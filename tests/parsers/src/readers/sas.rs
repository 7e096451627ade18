//! Accounts of the Solana Attestation Service, against Borsh, and what the gate makes of them, told a second time.

use super::choices;
use anchor_lang::prelude::AccountInfo;
use borsh::{BorshDeserialize, BorshSerialize};
use bytemuck::Zeroable;
use gate::{
    constants::{MAX_VALIDITY_SECS, SAS},
    error::GateError,
    sas::Evidence,
    state::{Claim, Provider},
};
use solana_pubkey::Pubkey;

const NOW: i64 = 1_795_186_800;
/// Where the provider expects its credential and schema.
const CREDENTIAL: Pubkey = Pubkey::new_from_array([11; 32]);
const SCHEMA: Pubkey = Pubkey::new_from_array([12; 32]);
const ELSEWHERE: Pubkey = Pubkey::new_from_array([13; 32]);
/// Bytes of each type of a schema's fields, as the service numbers them: u8, u16, u32, u64, u128, the signed ones, bool,
/// char. Strings and vectors come behind.
const FIXED: [usize; 12] = [1, 2, 4, 8, 16, 1, 2, 4, 8, 16, 1, 4];

#[derive(BorshDeserialize, BorshSerialize)]
struct Credential {
    discriminator: u8,
    authority: [u8; 32],
    name: Vec<u8>,
    signers: Vec<[u8; 32]>,
}

#[derive(BorshDeserialize, BorshSerialize)]
struct Schema {
    discriminator: u8,
    credential: [u8; 32],
    name: Vec<u8>,
    description: Vec<u8>,
    layout: Vec<u8>,
    field_names: Vec<u8>,
    is_paused: u8,
    version: u8,
}

#[derive(BorshDeserialize, BorshSerialize)]
struct Attestation {
    discriminator: u8,
    nonce: [u8; 32],
    credential: [u8; 32],
    schema: [u8; 32],
    data: Vec<u8>,
    signer: [u8; 32],
    expiry: i64,
    token_account: [u8; 32],
}

/// What goes in: which accounts are of another program or elsewhere (6 bits), the two offsets, the lengths of the first
/// two accounts, and the three accounts.
struct Input<'a> {
    wrong: u8,
    country_offset: u16,
    tier_offset: u16,
    attestation: &'a [u8],
    schema: &'a [u8],
    credential: &'a [u8],
}

impl<'a> Input<'a> {
    fn read(input: &'a [u8]) -> Self {
        let ([wrong, a, b, c, d, e, f, g, h], rest) = choices(input);
        let number = |low, high| u16::from_le_bytes([low, high]);
        let (attestation, rest) = rest.split_at(rest.len().min(number(e, f).into()));
        let (schema, credential) = rest.split_at(rest.len().min(number(g, h).into()));
        let (country_offset, tier_offset) = (number(a, b), number(c, d));
        Self { wrong, country_offset, tier_offset, attestation, schema, credential }
    }

    fn write(&self) -> Vec<u8> {
        let length = |bytes: &[u8]| u16::try_from(bytes.len()).expect("short").to_le_bytes();
        [
            &[self.wrong][..],
            &self.country_offset.to_le_bytes(),
            &self.tier_offset.to_le_bytes(),
            &length(self.attestation),
            &length(self.schema),
            self.attestation,
            self.schema,
            self.credential,
        ]
        .concat()
    }

    fn is_wrong(&self, bit: u8) -> bool {
        self.wrong >> bit & 1 == 1
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let credential = Credential {
        discriminator: 0,
        authority: [1; 32],
        name: b"Know Your Customers Ltd".to_vec(),
        signers: vec![[2; 32], [3; 32]],
    };
    // A number of eight bytes, a flag, the country, the tier, a remark.
    let schema = Schema {
        discriminator: 1,
        credential: CREDENTIAL.to_bytes(),
        name: b"investor".to_vec(),
        description: b"who may hold shares".to_vec(),
        layout: vec![3, 10, 1, 0, 12],
        field_names: vec![4, 0, 0, 0, b't', b'i', b'e', b'r'],
        is_paused: 0,
        version: 1,
    };
    let of = |expiry| {
        let data = [&[7; 9][..], &276u16.to_le_bytes(), &[2], &3u32.to_le_bytes(), b"yes"].concat();
        let attestation = Attestation {
            discriminator: 2,
            nonce: [4; 32],
            credential: CREDENTIAL.to_bytes(),
            schema: SCHEMA.to_bytes(),
            data,
            signer: [3; 32],
            expiry,
            token_account: [0; 32],
        };
        let bytes = [
            borsh::to_vec(&attestation).expect("it serialises"),
            borsh::to_vec(&schema).expect("it serialises"),
            borsh::to_vec(&credential).expect("it serialises"),
        ];
        let [attestation, schema, credential] = &bytes;
        Input { wrong: 0, country_offset: 9, tier_offset: 11, attestation, schema, credential }
            .write()
    };
    vec![of(0), of(NOW + 1), of(i64::MAX)]
}

pub fn check(bytes: &[u8]) -> bool {
    let input = Input::read(bytes);
    let provider = Provider {
        authority: CREDENTIAL,
        schema: SCHEMA,
        country_offset: input.country_offset,
        tier_offset: input.tier_offset,
        ..Zeroable::zeroed()
    };
    let attestation = Attestation::try_from_slice(input.attestation).ok();
    let attestation = attestation.filter(|attestation| attestation.discriminator == 2);
    let address = match &attestation {
        Some(attestation) if !input.is_wrong(3) => address(attestation),
        _ => ELSEWHERE,
    };
    let owner = |bit| if input.is_wrong(bit) { ELSEWHERE } else { SAS };
    let key = |bit, right| if input.is_wrong(bit) { ELSEWHERE } else { right };
    let (keys, owners) =
        ([address, key(4, SCHEMA), key(5, CREDENTIAL)], [owner(0), owner(1), owner(2)]);
    let mut data = [input.attestation, input.schema, input.credential].map(<[u8]>::to_vec);
    let mut lamports = [1; 3];
    let [a, b, c] = &mut data;
    let [x, y, z] = &mut lamports;
    let account = |place: usize, lamports, data| {
        AccountInfo::new(&keys[place], false, false, lamports, data, &owners[place], false)
    };
    let (attested, schema, credential) = (account(0, x, a), account(1, y, b), account(2, z, c));
    let evidence = Evidence { credential: &credential, schema: &schema, attestation: &attested };
    let ours = evidence.read(&provider, NOW);
    let ours = ours.map(|attested| (attested.wallet, attested.claim)).map_err(u32::from);
    assert_eq!(ours, retold(&input, attestation).map_err(u32::from));
    ours.is_ok()
}

fn address(attestation: &Attestation) -> Pubkey {
    let Attestation { credential, schema, nonce, .. } = attestation;
    Pubkey::find_program_address(&[b"attestation", credential, schema, nonce], &SAS).0
}

fn retold(input: &Input, attestation: Option<Attestation>) -> Result<(Pubkey, Claim), GateError> {
    let attestation = attestation
        .filter(|_| !input.is_wrong(0) && !input.is_wrong(3))
        .filter(|a| a.credential == CREDENTIAL.to_bytes() && a.schema == SCHEMA.to_bytes())
        .ok_or(GateError::SasAttestationInvalid)?;
    let ends = (attestation.expiry != 0).then_some(attestation.expiry);
    if ends.is_some_and(|ends| ends <= NOW) {
        return Err(GateError::SasAttestationExpired);
    }
    let credential = Credential::try_from_slice(input.credential)
        .ok()
        .filter(|credential| {
            credential.discriminator == 0 && !input.is_wrong(2) && !input.is_wrong(5)
        })
        .ok_or(GateError::SasCredentialInvalid)?;
    if !credential.signers.contains(&attestation.signer) {
        return Err(GateError::SasSignerNotAuthorized);
    }
    let schema = Schema::try_from_slice(input.schema)
        .ok()
        .filter(|schema| schema.discriminator == 1 && !input.is_wrong(1) && !input.is_wrong(4))
        .filter(|schema| schema.credential == CREDENTIAL.to_bytes())
        .filter(|schema| has(schema, 1, input.country_offset) && has(schema, 0, input.tier_offset))
        .ok_or(GateError::SasSchemaInvalid)?;
    if schema.is_paused != 0 {
        return Err(GateError::SasSchemaPaused);
    }
    let field = |at: u16, len: usize| {
        let at = usize::from(at);
        attestation.data.get(at..at + len).ok_or(GateError::SasAttestationInvalid)
    };
    let country = field(input.country_offset, 2)?;
    let tier = field(input.tier_offset, 1)?[0];
    let latest = NOW + i64::from(MAX_VALIDITY_SECS);
    let claim = Claim {
        country: u16::from(country[0]) | u16::from(country[1]) << 8,
        tier,
        expires_at: ends.unwrap_or(latest).min(latest),
    };
    Ok((Pubkey::new_from_array(attestation.nonce), claim))
}

/// Whether one of the fields before the first of variable length, or that one, begins here and is of this type.
fn has(schema: &Schema, kind: u8, offset: u16) -> bool {
    let mut starts = vec![0];
    for field in &schema.layout {
        let Some(bytes) = FIXED.get(usize::from(*field)) else { break };
        starts.push(starts[starts.len() - 1] + bytes);
    }
    let place = starts.iter().zip(&schema.layout).find(|(start, _)| **start == usize::from(offset));
    place.is_some_and(|(_, field)| *field == kind)
}
