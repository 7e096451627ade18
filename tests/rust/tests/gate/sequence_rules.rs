//! What holds of records after any sequence: who may decide what, what is then true of whom, and how
//! the records fit together.

use crate::sequences::{Arena, all};
use gate::state::{Investor, Provider, Registry, Wallet};
use scrip_interface::gate::{Kind, Status, pda};
use scrip_tests::records::Office;
use solana_instruction::AccountMeta;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::collections::{BTreeMap, BTreeSet};

/// What must be true of an investor, whoever said it last.
#[derive(Clone, Copy, Default)]
pub struct Word {
    pub vouched: bool,
    pub barred: bool,
}

/// An account, if it is of that kind.
fn read<T: anchor_lang::ZeroCopy + anchor_lang::Discriminator>(
    office: &Office,
    address: Pubkey,
) -> Option<T> {
    let account = office.world.vm.account(&address)?;
    account.data.starts_with(T::DISCRIMINATOR).then(|| office.world.vm.state(&address))
}

impl Arena {
    /// Whether who signs may decide this, by the state as it is. Places are those of the IDL. `None`:
    /// an account is not what it should be.
    pub fn may(&self, name: &str, accounts: &[AccountMeta]) -> Option<bool> {
        let office = &self.office;
        let at = |place: usize| accounts.get(place).map(|meta| meta.pubkey);
        let provider = |place: usize| read::<Provider>(office, at(place)?);
        let investor = |place: usize| read::<Investor>(office, at(place)?);
        let wallet = |place: usize| read::<Wallet>(office, at(place)?);
        let signer = at(0)?;
        let officer = office.officer.pubkey();
        let governs =
            |issuer: Pubkey| signer == issuer || (signer == officer && issuer == office.issuer());
        let own = |provider: &Provider, investor: &Investor| {
            investor.issuer == provider.issuer && investor.provider == provider.number
        };
        let barred = |investor: Pubkey| self.words.get(&investor).map(|word| word.barred);
        Some(match name {
            "register_investor" => at(1)? == provider(3)?.authority,
            "link_wallet" => {
                at(1)? == provider(4)?.authority
                    && own(&provider(4)?, &investor(5)?)
                    && investor(5)?.status == Status::Active as u8
                    && accounts.get(2)?.is_signer
            }
            "unlink_wallet" => {
                (signer == wallet(3)?.owner || signer == provider(1)?.authority)
                    && own(&provider(1)?, &investor(2)?)
                    && !barred(wallet(3)?.investor)?
            }
            "update_investor" => {
                signer == provider(1)?.authority
                    && own(&provider(1)?, &investor(2)?)
                    && !barred(at(2)?)?
            }
            "revoke_investor" => {
                signer == provider(1)?.authority && own(&provider(1)?, &investor(2)?)
            }
            "bar_investor" | "unbar_investor" => governs(investor(4)?.issuer),
            "close_investor" => {
                (signer == provider(3)?.authority || governs(investor(4)?.issuer))
                    && own(&provider(3)?, &investor(4)?)
                    && investor(4)?.wallet_count == 0
                    && !barred(at(4)?)?
            }
            "register_from_sas" => {
                let owner = at(1)?;
                at(6)? == self.sas.attestation_address(&owner) && self.attested(&owner)
            }
            "set_venue" => at(1)? == officer,
            "drop_venue" => governs(wallet(4)?.issuer),
            _ => true,
        })
    }

    /// What is now true of whom, after it landed.
    pub fn note(&mut self, name: &str, accounts: &[AccountMeta]) {
        let at = |place: usize| accounts[place].pubkey;
        let words = &mut self.words;
        let mut set = |investor: Pubkey, change: &dyn Fn(&mut Word)| {
            change(words.entry(investor).or_default());
        };
        match name {
            "register_investor" => set(at(4), &|word| word.vouched = true),
            "update_investor" => set(at(2), &|word| word.vouched = true),
            "revoke_investor" => set(at(2), &|word| word.vouched = false),
            "bar_investor" => set(at(4), &|word| word.barred = true),
            "unbar_investor" => set(at(4), &|word| word.barred = false),
            "register_from_sas" => set(at(7), &|word| word.vouched = true),
            "sync_from_sas" => {
                let there = self.office.world.vm.account(&at(4)).is_some();
                set(at(3), &|word| word.vouched = there);
            }
            "close_investor" => drop(words.remove(&at(4))),
            _ => {}
        }
    }

    /// The records fit together, and say what was said.
    pub fn audit(&self) {
        let (investors, wallets) = (self.investors(), all::<Wallet>(&self.office));
        let known: BTreeSet<_> = investors.iter().map(|(address, _)| *address).collect();
        assert_eq!(known, self.words.keys().copied().collect());
        let mut linked = BTreeMap::new();
        for (address, it) in &investors {
            let found = pda::investor(&gate::ID, &it.issuer, &it.id_hash);
            assert_eq!(found, (*address, it.bump));
            let Word { vouched, barred } = self.words[address];
            let status = match (barred, vouched) {
                (true, _) => Status::Barred,
                (_, true) => Status::Active,
                _ => Status::Revoked,
            };
            assert_eq!((it.status, it.vouched), (status as u8, u8::from(vouched)));
            let (owners, free) = it.wallets.split_at(usize::from(it.wallet_count));
            assert!(free.iter().all(|owner| *owner == Pubkey::default()));
            for owner in owners {
                let twice = linked.insert((it.issuer, *owner), *address);
                assert_eq!(twice, None, "{owner} has two investors");
            }
        }
        for (address, it) in &wallets {
            assert_eq!(pda::wallet(&gate::ID, &it.issuer, &it.owner), (*address, it.bump));
            if it.kind == Kind::Venue as u8 {
                assert_eq!(it.investor, Pubkey::default());
                continue;
            }
            let investor = linked.remove(&(it.issuer, it.owner)).expect("an investor lists it");
            assert_eq!(it.investor, investor);
            let of: Investor = self.office.world.vm.state(&investor);
            assert_eq!(
                (it.status, it.country, it.tier, it.provider, it.expires_at),
                (of.status, of.country, of.tier, of.provider, of.expires_at)
            );
        }
        assert!(linked.is_empty(), "no record: {linked:?}");
        for (_, registry) in all::<Registry>(&self.office) {
            let all = all::<Provider>(&self.office).into_iter();
            let count = all.filter(|(_, it)| it.issuer == registry.issuer).count();
            assert_eq!(usize::from(registry.providers), count);
        }
    }
}
