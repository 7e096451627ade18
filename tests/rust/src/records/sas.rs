//! Accounts of the Solana Attestation Service, byte for byte as its program writes them: it is not at
//! hand in the VM. Layouts: solana-foundation/solana-attestation-service, `program/src/state`.

use super::{GERMANY, Office, create_sas_provider};
use crate::{build::YEAR, vm::key};
use gate::constants::SAS;
use solana_account::Account;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Where the attestations here have country and tier, behind a number of eight bytes and a flag.
pub const COUNTRY_OFFSET: u16 = 9;
pub const TIER_OFFSET: u16 = 11;

/// Types of a schema's fields.
pub mod field {
    pub const U8: u8 = 0;
    pub const U16: u8 = 1;
    pub const U64: u8 = 3;
    pub const BOOL: u8 = 10;
    pub const STRING: u8 = 12;
}

/// A credential with its schema, and the gate's provider that goes by them.
#[derive(Clone, Debug)]
pub struct Sas {
    pub credential: Credential,
    pub schema: Schema,
    pub provider: Pubkey,
}

#[derive(Clone, Debug)]
pub struct Credential {
    pub authority: Pubkey,
    pub name: String,
    pub signers: Vec<Pubkey>,
}

#[derive(Clone, Debug)]
pub struct Schema {
    pub credential: Pubkey,
    pub name: String,
    pub layout: Vec<u8>,
    pub is_paused: bool,
}

#[derive(Clone, Debug)]
pub struct Attestation {
    pub nonce: Pubkey,
    pub credential: Pubkey,
    pub schema: Pubkey,
    pub data: Vec<u8>,
    pub signer: Pubkey,
    pub expiry: i64,
}

/// One that signs for the credential.
pub fn sas_signer() -> Pubkey {
    key("sas signer").pubkey()
}

impl Sas {
    /// On the chain, with a provider of the office's registry.
    pub fn new(office: &mut Office) -> Self {
        let credential = Credential {
            authority: key("sas authority").pubkey(),
            name: "Know Your Customers Ltd".to_owned(),
            signers: vec![key("sas signer 0").pubkey(), sas_signer()],
        };
        let schema = Schema {
            credential: credential.address(),
            name: "investor".to_owned(),
            layout: vec![field::U64, field::BOOL, field::U16, field::U8, field::STRING],
            is_paused: false,
        };
        let mut sas = Self { credential, schema, provider: Pubkey::default() };
        let create = create_sas_provider(office, &sas);
        office.manage(create.instruction()).expect("a provider can be created");
        sas.provider = create.accounts.provider;
        sas.place(office);
        sas
    }

    /// Writes credential and schema as they are now.
    pub fn place(&self, office: &mut Office) {
        put(office, self.credential.address(), self.credential.bytes());
        put(office, self.schema.address(), self.schema.bytes());
    }

    pub fn attestation_address(&self, wallet: &Pubkey) -> Pubkey {
        self.attestation(wallet, 0).address()
    }

    /// A German of tier 2.
    pub fn attestation(&self, wallet: &Pubkey, expiry: i64) -> Attestation {
        Attestation {
            nonce: *wallet,
            credential: self.credential.address(),
            schema: self.schema.address(),
            data: attested(GERMANY, 2),
            signer: sas_signer(),
            expiry,
        }
    }

    /// A wallet with such an attestation for half a year.
    pub fn attest(&self, office: &mut Office, name: &str) -> Keypair {
        let owner = key(name);
        let expiry = office.world.vm.now() + YEAR / 2;
        self.attestation(&owner.pubkey(), expiry).place(office);
        owner
    }
}

/// An attestation's data, in the order of the schema's fields.
pub fn attested(country: u16, tier: u8) -> Vec<u8> {
    let mut data = vec![];
    data.extend_from_slice(&1_234u64.to_le_bytes());
    data.push(1);
    data.extend_from_slice(&country.to_le_bytes());
    data.push(tier);
    data.extend_from_slice(&vector(b"a remark"));
    data
}

impl Credential {
    pub fn address(&self) -> Pubkey {
        find(&[b"credential", self.authority.as_ref(), self.name.as_bytes()])
    }

    pub fn bytes(&self) -> Vec<u8> {
        let signers: Vec<u8> = self.signers.iter().flat_map(|key| key.to_bytes()).collect();
        let count = u32::try_from(self.signers.len()).expect("a few").to_le_bytes();
        [&[0], self.authority.as_ref(), &vector(self.name.as_bytes()), &count, &signers].concat()
    }
}

impl Schema {
    pub fn address(&self) -> Pubkey {
        find(&[b"schema", self.credential.as_ref(), self.name.as_bytes(), &[1]])
    }

    pub fn bytes(&self) -> Vec<u8> {
        let names: Vec<u8> = ["number", "flag", "country", "tier"]
            .iter()
            .flat_map(|n| vector(n.as_bytes()))
            .collect();
        [
            &[1],
            self.credential.as_ref(),
            &vector(self.name.as_bytes()),
            &vector(b"who may hold shares"),
            &vector(&self.layout),
            &vector(&names),
            &[u8::from(self.is_paused), 1],
        ]
        .concat()
    }
}

impl Attestation {
    pub fn address(&self) -> Pubkey {
        let (credential, schema) = (self.credential.as_ref(), self.schema.as_ref());
        find(&[b"attestation", credential, schema, self.nonce.as_ref()])
    }

    pub fn bytes(&self) -> Vec<u8> {
        let keys = [self.nonce, self.credential, self.schema].map(|key| key.to_bytes()).concat();
        let (signer, expiry) = (self.signer.as_ref(), self.expiry.to_le_bytes());
        [&[2], &keys[..], &vector(&self.data), signer, &expiry, &[0; 32]].concat()
    }

    pub fn place(&self, office: &mut Office) {
        put(office, self.address(), self.bytes());
    }
}

/// Writes an account of the service.
pub fn put(office: &mut Office, address: Pubkey, data: Vec<u8>) {
    let lamports = office.world.vm.svm.minimum_balance_for_rent_exemption(data.len());
    let account = Account { lamports, data, owner: SAS, ..Account::default() };
    office.world.vm.svm.set_account(address, account).expect("an account can be set");
}

fn vector(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("short").to_le_bytes();
    [&length, bytes].concat()
}

fn find(seeds: &[&[u8]]) -> Pubkey {
    Pubkey::find_program_address(seeds, &SAS).0
}
