//! What the addresses of our programs are derived from.

use crate::{
    kind::{Kind, type_of},
    program,
    stage::{Place, Stage},
};
use anchor_lang::AccountDeserialize;
use bytemuck::{AnyBitPattern, pod_read_unaligned};
use collateral::state as collateral_state;
use gate::{constants::TOKEN_ACL, state as gate_state, token_acl::MINT_CONFIG_SEED};
use issuer::state as issuer_state;
use scrip_interface::{collateral::pda as feed_pda, gate::pda as gate_pda, lender as loans, pda};
use solana_account::Account;
use solana_pubkey::Pubkey;
use spl_associated_token_account_interface::program::ID as ASSOCIATED;

pub struct Derived {
    program: Pubkey,
    seeds: Vec<Vec<u8>>,
}

macro_rules! seeds {
    ($($seed:expr),* $(,)?) => { vec![$(AsRef::<[u8]>::as_ref(&$seed).to_vec()),*] };
}

impl Derived {
    fn find(&self) -> (Pubkey, u8) {
        let seeds: Vec<&[u8]> = self.seeds.iter().map(Vec::as_slice).collect();
        Pubkey::find_program_address(&seeds, &self.program)
    }

    /// The address with the next bump below the canonical one that gives any.
    pub fn off_canonical(&self) -> (Pubkey, u8) {
        let at = |bump: u8| {
            let bump = [bump];
            let seeds: Vec<&[u8]> =
                self.seeds.iter().map(Vec::as_slice).chain([&bump[..]]).collect();
            Pubkey::create_program_address(&seeds, &self.program).ok()
        };
        let mut lower = (0..self.find().1).rev();
        lower.find_map(|bump| Some((at(bump)?, bump))).expect("every second bump gives an address")
    }
}

/// Of an account that is at the address that they give, or will be.
pub fn of(stage: &Stage, place: &Place, account: Option<&Account>) -> Option<Derived> {
    let derived = match account {
        Some(account) => of_account(account, &place.key).or_else(|| of_name(stage, place)),
        None => of_name(stage, place),
    }?;
    (derived.find().0 == place.key).then_some(derived)
}

fn of_account(account: &Account, address: &Pubkey) -> Option<Derived> {
    let Some((program, id)) = program::ALL.iter().find(|(_, id)| *id == account.owner) else {
        return associated(account, address);
    };
    let kind = type_of(program, &account.data)?;
    let seeds = match *program {
        "issuer" => of_issuer(&kind, &account.data),
        "gate" => of_gate(&kind, &account.data),
        "collateral" => of_collateral(&kind, &account.data),
        _ => of_lender(&kind, &account.data),
    }?;
    Some(Derived { program: *id, seeds })
}

/// Of a token account, if it is its owner's associated one.
pub fn associated(account: &Account, address: &Pubkey) -> Option<Derived> {
    let (mint, owner) = (account.data.get(..32)?, account.data.get(32..64)?);
    let seeds = seeds![owner, account.owner, mint];
    Some(Derived { program: ASSOCIATED, seeds }).filter(|derived| derived.find().0 == *address)
}

/// `None`: the account has the shorter first layout.
fn state<T: AnyBitPattern>(data: &[u8]) -> Option<T> {
    data.get(8..8 + size_of::<T>()).map(pod_read_unaligned)
}

fn of_issuer(kind: &str, data: &[u8]) -> Option<Vec<Vec<u8>>> {
    Some(match kind {
        "Issuer" => {
            let it: issuer_state::Issuer = state(data)?;
            seeds![pda::ISSUER_SEED, it.creator, it.id.to_le_bytes()]
        }
        "Custodian" => {
            // The fields that the first layout has too.
            let (number, issuer) = (&data[12..16], &data[16..48]);
            seeds![pda::CUSTODIAN_SEED, issuer, number]
        }
        "AttestorSet" => {
            // The fields that the first layout has too.
            let (index, custodian) = (&data[12..16], &data[24..56]);
            seeds![pda::ATTESTORS_SEED, custodian, index]
        }
        "NonceWindow" => {
            let it: issuer_state::NonceWindow = state(data)?;
            seeds![pda::NONCES_SEED, it.subject]
        }
        "Ticker" => {
            let it: issuer_state::Ticker = state(data)?;
            seeds![pda::TICKER_SEED, it.mint]
        }
        "Symbol" => {
            let it: issuer_state::Symbol = state(data)?;
            seeds![pda::SYMBOL_SEED, it.issuer, it.symbol]
        }
        "Redemption" => {
            let it: issuer_state::Redemption = state(data)?;
            seeds![pda::REDEMPTION_SEED, it.mint, it.owner, it.id.to_le_bytes()]
        }
        "RoleGrant" => {
            let it: issuer_state::RoleGrant = state(data)?;
            seeds![pda::ROLE_SEED, it.issuer, it.wallet]
        }
        "Announcement" => {
            let it = issuer_state::Announcement::try_deserialize(&mut &data[..]).ok()?;
            seeds![pda::ANNOUNCEMENT_SEED, it.issuer, it.id.to_le_bytes()]
        }
        "Attestation" => {
            let it: issuer_state::Attestation = state(data)?;
            seeds![pda::ATTESTATION_SEED, it.issuer, [it.kind], it.digest]
        }
        "OwnerLimits" => {
            let it: issuer_state::OwnerLimits = state(data)?;
            seeds![pda::LIMITS_SEED, it.mint, it.owner]
        }
        "CashDesk" => {
            let it: issuer_state::CashDesk = state(data)?;
            seeds![pda::DESK_SEED, it.issuer, it.cash_mint]
        }
        "Hold" => {
            let it: issuer_state::Hold = state(data)?;
            seeds![pda::HOLD_SEED, it.mint, it.token_account]
        }
        "Seizure" => {
            let it: issuer_state::Seizure = state(data)?;
            seeds![pda::SEIZURE_SEED, it.mint, it.case_hash]
        }
        "CorporateAction" => {
            let it: issuer_state::CorporateAction = state(data)?;
            seeds![pda::ACTION_SEED, it.mint, it.sequence.to_le_bytes()]
        }
        "History" => {
            let it: issuer_state::History = state(data)?;
            seeds![pda::HISTORY_SEED, it.mint]
        }
        _ => return None,
    })
}

fn of_gate(kind: &str, data: &[u8]) -> Option<Vec<Vec<u8>>> {
    Some(match kind {
        "Registry" => {
            let it: gate_state::Registry = state(data)?;
            seeds![gate_pda::REGISTRY_SEED, it.issuer]
        }
        "Provider" => {
            let it: gate_state::Provider = state(data)?;
            seeds![gate_pda::PROVIDER_SEED, it.issuer, [it.number]]
        }
        "Investor" => {
            let it: gate_state::Investor = state(data)?;
            seeds![gate_pda::INVESTOR_SEED, it.issuer, it.id_hash]
        }
        "Wallet" => {
            let it: gate_state::Wallet = state(data)?;
            seeds![gate_pda::WALLET_SEED, it.issuer, it.owner]
        }
        "Policy" => {
            let it: gate_state::Policy = state(data)?;
            seeds![gate_pda::POLICY_SEED, it.mint]
        }
        _ => return None,
    })
}

fn of_collateral(kind: &str, data: &[u8]) -> Option<Vec<Vec<u8>>> {
    Some(match kind {
        "Curator" => {
            let it: collateral_state::Curator = state(data)?;
            seeds![feed_pda::CURATOR_SEED, it.creator, it.id.to_le_bytes()]
        }
        "Calendar" => {
            let it: collateral_state::Calendar = state(data)?;
            seeds![feed_pda::CALENDAR_SEED, it.curator, it.mic]
        }
        "Feed" => {
            let it: collateral_state::Feed = state(data)?;
            seeds![feed_pda::FEED_SEED, it.curator, it.mint]
        }
        _ => return None,
    })
}

fn of_lender(kind: &str, data: &[u8]) -> Option<Vec<Vec<u8>>> {
    use loans::{LenderAccount, pda};
    Some(match kind {
        "Market" => {
            let it = loans::Market::read(data)?;
            seeds![pda::MARKET_SEED, it.owner, it.id.to_le_bytes()]
        }
        "Collateral" => {
            let it = loans::Collateral::read(data)?;
            seeds![pda::COLLATERAL_SEED, it.market, it.mint]
        }
        "Position" => {
            let it = loans::Position::read(data)?;
            seeds![pda::POSITION_SEED, it.market, it.owner]
        }
        _ => {
            let it = loans::Supplier::read(data)?;
            seeds![pda::SUPPLIER_SEED, it.market, it.owner]
        }
    })
}

/// Of what holds nothing that would tell: by what the instruction calls it.
fn of_name(stage: &Stage, place: &Place) -> Option<Derived> {
    let key_of = |name: &str| {
        let place = stage.places.iter().find(|place| place.name == name);
        place.filter(|place| place.kind != Kind::Nothing).map(|place| place.key)
    };
    let by_mint = |seed: &[u8]| Some(seeds![seed, key_of("mint")?]);
    let seeds = match &*place.name {
        "event_authority" => seeds![b"__event_authority"],
        "authority" => by_mint(pda::AUTHORITY_SEED)?,
        "delegate" => by_mint(pda::DELEGATE_SEED)?,
        "escrow" => by_mint(pda::ESCROW_SEED)?,
        "hold" => seeds![pda::HOLD_SEED, key_of("mint")?, key_of("token_account")?],
        // Of the question whether one could be made: its arguments begin with owner and number.
        "redemption" => {
            let args = &stage.valid.instruction.data[8..48];
            seeds![pda::REDEMPTION_SEED, key_of("mint")?, &args[..32], &args[32..]]
        }
        "ticker" => {
            let seeds = by_mint(pda::TICKER_SEED)?;
            return Some(Derived { program: issuer::ID, seeds });
        }
        "mint_config" => {
            let seeds = by_mint(MINT_CONFIG_SEED)?;
            return Some(Derived { program: TOKEN_ACL, seeds });
        }
        "list" => by_mint(gate_pda::HOOK_METAS_SEED)?,
        "thaw_list" => by_mint(gate_pda::THAW_METAS_SEED)?,
        "freeze_list" => by_mint(gate_pda::FREEZE_METAS_SEED)?,
        _ => return None,
    };
    Some(Derived { program: stage.program.id, seeds })
}
