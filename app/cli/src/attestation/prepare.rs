//! Making an attestation of today: nonce, action sequence, set and request number are read from the chain, and the
//! time is the chain's, never the machine's.

use super::{
    File, Header, Terms, submit,
    terms::{Redemption, Reserves},
    words::kind_name,
};
use crate::{
    context::Context,
    exit::{Failure, Result},
    keys,
    names::{self, Security},
    output::{Cell, Page},
    units::{self, Moment},
};
use clap::Args;
use scrip_client::issuer::{
    accounts::{AttestorSet, Custodian, NonceWindow, Redemption as RedemptionAccount},
    types::Nonces,
};
use scrip_interface::{attestation::Kind, ids, pda};
use solana_message::Hash;
use solana_pubkey::Pubkey;
use std::path::PathBuf;

/// Nonces that a subject remembers one by one.
const NONCE_WINDOW: u64 = 1_024;
/// The longest that the program takes a quote for.
pub const QUOTE_SECS: u32 = 60;

// What all commands that make an attestation take. Not a doc comment: clap would make it the help of each of them.
#[derive(Args, Clone, Debug)]
pub struct Making {
    /// Attestor set by number; otherwise the newest one that may sign this
    #[arg(long, value_name = "NUMBER")]
    pub set: Option<u32>,
    /// Nonce; otherwise the next one. An attestation made again takes the nonce of the first, so that one of them counts
    #[arg(long)]
    pub nonce: Option<u64>,
    /// For how long it counts
    #[arg(long, value_name = "SPAN", default_value = "10m", value_parser = units::parse_secs)]
    pub valid: u32,
    /// Where to write the file; otherwise KIND-SYMBOL-NONCE.json here
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Sign with this attestor's key file at once; may be given several times
    #[arg(long = "attestor", value_name = "KEYFILE")]
    pub attestors: Vec<PathBuf>,
    /// Send it at once, if enough have signed
    #[arg(long)]
    pub submit: bool,
}

// What the custodian holds, as flags.
#[derive(Args, Clone, Debug)]
pub struct Holding {
    /// Shares that the custodian holds, settled
    #[arg(long, value_name = "SHARES", value_parser = units::parse_e8)]
    pub settled: u128,
    /// Shares that are bought and unsettled, or due from a dividend
    #[arg(long, value_name = "SHARES", default_value = "0", value_parser = units::parse_e8)]
    pub receivable: u128,
    /// When that was counted; otherwise now
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<Moment>,
}

impl Holding {
    pub fn reserves(&self, now: i64) -> Reserves {
        let as_of = self.as_of.map_or(now, |moment| moment.seconds(now));
        Reserves { as_of, settled: self.settled, receivable: self.receivable }
    }
}

impl Making {
    /// The header of an attestation about a security.
    pub fn about(&self, context: &Context, security: &Security, kind: Kind) -> Result<Header> {
        let chain = context.chain()?;
        let custodian = security.ticker.custodian;
        let state: Custodian = chain.read("the ticker's custodian", &custodian)?;
        let nonce = match self.nonce {
            Some(nonce) => nonce,
            None => next_nonce(
                &chain.read::<NonceWindow>("the nonce window", &security.nonces())?.nonces,
            ),
        };
        self.header(context, (security.ticker.issuer, custodian, &state), kind, nonce)
    }

    /// The header of an attestation about a custodian.
    pub fn about_custodian(
        &self,
        context: &Context,
        custodian: Pubkey,
        state: &Custodian,
        kind: Kind,
    ) -> Result<Header> {
        let nonce = self.nonce.unwrap_or_else(|| next_nonce(&state.nonces));
        self.header(context, (state.issuer, custodian, state), kind, nonce)
    }

    fn header(
        &self,
        context: &Context,
        (issuer, custodian, state): (Pubkey, Pubkey, &Custodian),
        kind: Kind,
        nonce: u64,
    ) -> Result<Header> {
        let chain = context.chain()?;
        let issued_at = chain.now()?;
        let attestor_set = match self.set {
            Some(number) => number,
            None => signing_set(context, &custodian, kind, issued_at)?.index,
        };
        Ok(Header {
            genesis_hash: Hash::new_from_array(chain.genesis_hash()),
            program: ids::ISSUER,
            issuer,
            custodian: state.number,
            attestor_set,
            nonce,
            issued_at,
            expires_at: issued_at.saturating_add(self.valid.into()),
        })
    }

    /// Signs, writes and sends, as far as asked for, and tells.
    pub fn finish(&self, context: &Context, mut file: File) -> Result<Page> {
        let mut page = Page::new();
        for path in &self.attestors {
            file.sign(&keys::read(path)?);
        }
        show(&mut page, &file);
        let send = self.submit;
        if !send || self.out.is_some() {
            let path = self.out.clone().unwrap_or_else(|| default_path(&file));
            if !context.dry_run() {
                file.write(&path)?;
            }
            page.field("file", path.display().to_string());
            if !send {
                page.note(format!(
                    "Each attestor signs it: scrip attest sign {0} --keypair KEYFILE; then: scrip attest submit {0}",
                    path.display()
                ));
            }
        }
        if send {
            page.append(submit::submit(context, &file)?);
        }
        Ok(page)
    }
}

/// The newest set of the custodian whose signatures count for this kind now.
pub fn signing_set(
    context: &Context,
    custodian: &Pubkey,
    kind: Kind,
    now: i64,
) -> Result<AttestorSet> {
    let counts = |set: &AttestorSet| {
        set.status == 0
            && set.kinds & kind.bit() != 0
            && set.valid_from <= now
            && now < set.expires_at
    };
    let sets = names::attestor_sets(context, custodian)?;
    sets.into_iter().map(|(_, set)| set).rfind(counts).ok_or_else(|| {
        Failure::missing(format!(
            "no attestor set of the custodian may sign \"{}\" now",
            kind_name(kind)
        ))
        .hint("scrip attestors show; scrip attestors create")
    })
}

/// Whether a nonce was consumed.
pub const fn is_used(nonces: &Nonces, nonce: u64) -> bool {
    if nonce < nonces.base {
        return true;
    }
    if nonce >= nonces.base.saturating_add(NONCE_WINDOW) {
        return false;
    }
    let word = nonces.used[(nonce % NONCE_WINDOW / 64) as usize];
    word >> (nonce % 64) & 1 == 1
}

/// The nonce after the highest one used.
pub fn next_nonce(nonces: &Nonces) -> u64 {
    let window = nonces.base..nonces.base.saturating_add(NONCE_WINDOW);
    window.rev().find(|nonce| is_used(nonces, *nonce)).map_or(nonces.base, |last| last + 1)
}

/// A redemption as an attestation names it.
pub fn redemption(
    context: &Context,
    security: &Security,
    owner: &Pubkey,
    id: u64,
) -> Result<(Redemption, RedemptionAccount)> {
    let address = pda::redemption(&ids::ISSUER, &security.mint, owner, id).0;
    let what = format!("redemption {id} of {owner}");
    let account: RedemptionAccount = context.chain()?.read(&what, &address)?;
    let redemption = Redemption {
        mint: security.mint,
        action_sequence: security.ticker.action_sequence,
        owner: *owner,
        id,
        request: account.request,
    };
    Ok((redemption, account))
}

/// What a file says, and who has signed it.
pub fn show(page: &mut Page, file: &File) {
    page.field("kind", kind_name(file.signed().kind));
    if let Some(symbol) = &file.unsigned.symbol {
        page.field(
            "symbol",
            Cell::new(format!("{symbol} (not signed: the mint is)"), symbol.as_str()),
        );
    }
    page.field("nonce", file.header.nonce);
    page.field("expires_at", units::time(file.header.expires_at));
    page.field("message", hex::encode(file.signed().message));
    page.field("signed_by", Cell::list(file.signatures.iter().map(|one| one.attestor)));
    page.lines("says", file.says().to_vec());
}

fn default_path(file: &File) -> PathBuf {
    let kind = kind_name(file.signed().kind);
    let about = file
        .unsigned
        .symbol
        .clone()
        .unwrap_or_else(|| format!("custodian-{}", file.header.custodian));
    PathBuf::from(format!("{kind}-{about}-{}.json", file.header.nonce))
}

/// Of a security.
pub fn file(header: Header, terms: Terms, security: &Security) -> File {
    File::new(header, terms, Some(security.symbol()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_nonce_is_after_the_highest_used_one() {
        let mut nonces = Nonces { base: 0, used: [0; 16] };
        assert_eq!(next_nonce(&nonces), 0);
        nonces.used[0] = 0b1001;
        assert_eq!(next_nonce(&nonces), 4);
        assert!(is_used(&nonces, 3) && !is_used(&nonces, 2));
        // A window that has moved: bit 5 of word 0 is nonce 1,029.
        let moved = Nonces {
            base: 1_000,
            used: {
                let mut used = [0; 16];
                used[0] = 1 << 5;
                used
            },
        };
        assert_eq!(next_nonce(&moved), 1_030);
        assert!(is_used(&moved, 999) && is_used(&moved, 1_029) && !is_used(&moved, 5_000));
    }
}
