//! Builders of a cash desk and of what goes over it.

use super::{
    Call, DOLLAR, INSTRUCTIONS_SYSVAR, SETTLED_E8, Stablecoin, coin_balance, event_authority,
    header, instruction, token_account,
};
use crate::{
    attest,
    vm::{Outcome, key},
    world::{SHARE, World},
};
use issuer::{
    instructions::{RedeemForCashArgs, SetPriceBandArgs, StatementArgs, SubscribeForCashArgs},
    quorum::AttestationArgs,
    state::{CashDesk, Limit, role},
};
use scrip_interface::{
    attestation::{Body, QuoteBody, ReserveStatement, Side},
    mint::TOKEN_2022,
    pda,
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// What a share costs by default, and the band around it.
pub const PRICE: u64 = 200 * DOLLAR;
pub const MIN_PRICE_E8: u64 = 190_00000000;
pub const MAX_PRICE_E8: u64 = 210_00000000;
/// What a desk holds by default, and lets out in a day.
pub const FUNDS: u64 = 1_000_000 * DOLLAR;
pub const OUTFLOW: Limit = Limit { capacity: 100_000 * DOLLAR, window_secs: 24 * 60 * 60 };
pub const QUOTE_LIFETIME: i64 = 60;
pub const BAND_SECS: i64 = 7 * 24 * 60 * 60;

pub type OpenCashDesk = Call<issuer::accounts::OpenCashDesk, issuer::instruction::OpenCashDesk>;
pub type SetDeskLimit = Call<issuer::accounts::SetDeskLimit, issuer::instruction::SetDeskLimit>;
pub type FundCashDesk = Call<issuer::accounts::FundCashDesk, issuer::instruction::FundCashDesk>;
pub type WithdrawCash = Call<issuer::accounts::WithdrawCash, issuer::instruction::WithdrawCash>;
pub type SetPriceBand = Call<issuer::accounts::SetPriceBand, issuer::instruction::SetPriceBand>;

/// An open desk, funded, and who has the CASH role.
#[derive(Debug)]
pub struct Desk {
    pub coin: Stablecoin,
    pub issuer: Pubkey,
    pub address: Pubkey,
    pub vault: Pubkey,
    pub operator: Keypair,
    pub role_grant: Pubkey,
}

impl Desk {
    /// The coin's desk with its funds and the world's ticker with its band; passes the timelock of
    /// the role.
    pub fn open(world: &mut World, coin: Stablecoin) -> Self {
        let operator = key("treasurer");
        let role_grant = world.grant(&operator.pubkey(), role::CASH);
        let ours = "the desk is valid as made";
        let open = open_cash_desk(world, &coin, OUTFLOW);
        let admin = world.admin.insecure_clone();
        open.send(&mut world.vm, &[&admin]).expect(ours);
        let desk = Self {
            coin,
            issuer: open.accounts.issuer,
            address: open.accounts.desk,
            vault: open.accounts.vault,
            operator,
            role_grant,
        };
        let sponsor = key("sponsor");
        desk.coin.give(&mut world.vm, &sponsor.pubkey(), FUNDS);
        fund_cash_desk(&desk, &sponsor.pubkey(), FUNDS)
            .send(&mut world.vm, &[&sponsor])
            .expect(ours);
        set_price_band(world, &desk).send(&mut world.vm, &[&desk.operator]).expect(ours);
        desk
    }

    /// Over a coin of the classic Token program.
    pub fn classic(world: &mut World) -> Self {
        let coin = Stablecoin::classic(&mut world.vm, "dollar");
        Self::open(world, coin)
    }

    pub fn state(&self, world: &World) -> CashDesk {
        world.vm.state(&self.address)
    }

    pub fn vault_balance(&self, world: &World) -> u64 {
        coin_balance(&world.vm, &self.vault)
    }

    /// An owner with coins and an account for shares.
    pub fn investor(&self, world: &mut World, name: &str, coins: u64) -> Keypair {
        let investor = world.investor(name);
        self.coin.give(&mut world.vm, &investor.pubkey(), coins);
        investor
    }

    /// An owner with shares and an account for coins.
    pub fn holder(&self, world: &mut World, name: &str, amount: u64) -> Keypair {
        let holder = world.holder(name, amount);
        self.coin.open_account(&mut world.vm, &holder.pubkey());
        holder
    }
}

/// By the world's admin.
pub fn open_cash_desk(world: &World, coin: &Stablecoin, outflow: Limit) -> OpenCashDesk {
    let issuer = world.custodian.accounts.issuer;
    let desk = pda::cash_desk(&issuer::ID, &issuer, &coin.mint).0;
    let accounts = issuer::accounts::OpenCashDesk {
        payer: world.vm.payer.pubkey(),
        admin: world.admin.pubkey(),
        issuer,
        cash_mint: coin.mint,
        desk,
        vault: coin.account(&desk),
        cash_token_program: coin.program,
        associated_token_program: spl_associated_token_account_interface::program::ID,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::OpenCashDesk { outflow })
}

/// By the world's admin, without an announcement.
pub fn set_desk_limit(world: &World, desk: &Desk, outflow: Limit) -> SetDeskLimit {
    let accounts = issuer::accounts::SetDeskLimit {
        admin: world.admin.pubkey(),
        issuer: desk.issuer,
        desk: desk.address,
        announcement: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::SetDeskLimit { outflow })
}

pub fn fund_cash_desk(desk: &Desk, funder: &Pubkey, amount: u64) -> FundCashDesk {
    let accounts = issuer::accounts::FundCashDesk {
        funder: *funder,
        issuer: desk.issuer,
        desk: desk.address,
        cash_mint: desk.coin.mint,
        source: desk.coin.account(funder),
        vault: desk.vault,
        cash_token_program: desk.coin.program,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::FundCashDesk { amount })
}

/// By the desk's operator, to the token account that was announced.
pub fn withdraw_cash(
    desk: &Desk,
    destination: &Pubkey,
    amount: u64,
    announcement: Option<Pubkey>,
) -> WithdrawCash {
    let accounts = issuer::accounts::WithdrawCash {
        operator: desk.operator.pubkey(),
        role_grant: Some(desk.role_grant),
        issuer: desk.issuer,
        desk: desk.address,
        cash_mint: desk.coin.mint,
        vault: desk.vault,
        destination: *destination,
        announcement,
        cash_token_program: desk.coin.program,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::WithdrawCash { amount })
}

/// The default band of the world's ticker, for as long as one may last, by the desk's operator.
pub fn set_price_band(world: &World, desk: &Desk) -> SetPriceBand {
    let accounts = issuer::accounts::SetPriceBand {
        operator: desk.operator.pubkey(),
        role_grant: Some(desk.role_grant),
        issuer: world.listed.accounts.issuer,
        ticker: world.listed.accounts.ticker,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = SetPriceBandArgs {
        min_price_e8: MIN_PRICE_E8,
        max_price_e8: MAX_PRICE_E8,
        expires_at: world.vm.now() + BAND_SECS,
    };
    Call::new(accounts, issuer::instruction::SetPriceBand { args })
}

/// A subscription of `args`, with a quote that says the same and a quorum that signed it.
#[derive(Clone)]
pub struct Subscribe {
    pub args: SubscribeForCashArgs,
    pub accounts: issuer::accounts::SubscribeForCash,
    /// What is signed, if it differs from what `args` and `accounts` say.
    pub body: Option<QuoteBody>,
    /// Of the ticker, as made.
    pub action_sequence: u32,
    /// Places of the signers in the world's attestors.
    pub signers: Vec<usize>,
}

/// A redemption, likewise.
#[derive(Clone)]
pub struct Redeem {
    pub args: RedeemForCashArgs,
    pub accounts: issuer::accounts::RedeemForCash,
    pub body: Option<QuoteBody>,
    /// Of the ticker, as made.
    pub action_sequence: u32,
    pub signers: Vec<usize>,
}

fn quote(world: &mut World) -> AttestationArgs {
    let now = world.vm.now();
    AttestationArgs { nonce: world.next_nonce(), issued_at: now, expires_at: now + QUOTE_LIFETIME }
}

impl Subscribe {
    /// One share at the default price.
    pub fn new(world: &mut World, desk: &Desk, owner: &Pubkey) -> Self {
        Self::of(world, desk, owner, SHARE, PRICE)
    }

    pub fn of(world: &mut World, desk: &Desk, owner: &Pubkey, amount: u64, cash: u64) -> Self {
        let (attestation, now) = (quote(world), world.vm.now());
        let (policy, wallet_record) = world.registration_of(owner);
        let listed = &world.listed.accounts;
        Self {
            args: SubscribeForCashArgs {
                attestation,
                amount,
                cash_amount: cash,
                statement: StatementArgs {
                    as_of: now,
                    settled_shares_e8: SETTLED_E8,
                    receivable_shares_e8: 0,
                },
                max_cash: cash,
                deadline: now + QUOTE_LIFETIME,
            },
            accounts: issuer::accounts::SubscribeForCash {
                owner: *owner,
                issuer: listed.issuer,
                attestor_set: world.attestor_set,
                ticker: listed.ticker,
                nonces: listed.nonces,
                mint: listed.mint,
                authority: listed.authority,
                destination: token_account(owner, &listed.mint),
                owner_limits: None,
                policy,
                wallet_record,
                desk: desk.address,
                cash_mint: desk.coin.mint,
                cash_source: desk.coin.account(owner),
                vault: desk.vault,
                signatures: INSTRUCTIONS_SYSVAR,
                token_program: TOKEN_2022,
                cash_token_program: desk.coin.program,
                event_authority: event_authority(),
                program: issuer::ID,
            },
            body: None,
            action_sequence: world.ticker().action_sequence,
            signers: (0..usize::from(world.threshold)).collect(),
        }
    }

    pub fn body(&self) -> QuoteBody {
        self.body.unwrap_or_else(|| QuoteBody {
            header: header(&self.args.attestation, self.accounts.mint, self.accounts.attestor_set),
            action_sequence: self.action_sequence,
            side: Side::Subscribe as u8,
            owner: self.accounts.owner,
            amount: self.args.amount,
            cash_mint: self.accounts.cash_mint,
            cash_amount: self.args.cash_amount,
            statement: self.args.statement.into(),
        })
    }

    pub fn instruction(&self) -> Instruction {
        instruction(&self.accounts, &issuer::instruction::SubscribeForCash { args: self.args })
    }

    pub fn send(&self, world: &mut World, owner: &Keypair) -> Outcome {
        let signatures = attest::sign(&self.body().message(), &world.signers(&self.signers));
        world.vm.send_with_lookup_table(&[signatures, self.instruction()], &[owner])
    }
}

impl Redeem {
    /// One share at the default price.
    pub fn new(world: &mut World, desk: &Desk, owner: &Pubkey) -> Self {
        Self::of(world, desk, owner, SHARE, PRICE)
    }

    pub fn of(world: &mut World, desk: &Desk, owner: &Pubkey, amount: u64, cash: u64) -> Self {
        let attestation = quote(world);
        let (policy, wallet_record) = world.registration_of(owner);
        let listed = &world.listed.accounts;
        Self {
            args: RedeemForCashArgs {
                attestation,
                amount,
                cash_amount: cash,
                min_cash: cash,
                deadline: attestation.expires_at,
            },
            accounts: issuer::accounts::RedeemForCash {
                owner: *owner,
                issuer: listed.issuer,
                attestor_set: world.attestor_set,
                ticker: listed.ticker,
                nonces: listed.nonces,
                mint: listed.mint,
                source: token_account(owner, &listed.mint),
                owner_limits: None,
                policy,
                wallet_record,
                desk: desk.address,
                cash_mint: desk.coin.mint,
                cash_destination: desk.coin.account(owner),
                vault: desk.vault,
                signatures: INSTRUCTIONS_SYSVAR,
                token_program: TOKEN_2022,
                cash_token_program: desk.coin.program,
                event_authority: event_authority(),
                program: issuer::ID,
            },
            body: None,
            action_sequence: world.ticker().action_sequence,
            signers: (0..usize::from(world.threshold)).collect(),
        }
    }

    pub fn body(&self) -> QuoteBody {
        self.body.unwrap_or_else(|| QuoteBody {
            header: header(&self.args.attestation, self.accounts.mint, self.accounts.attestor_set),
            action_sequence: self.action_sequence,
            side: Side::Redeem as u8,
            owner: self.accounts.owner,
            amount: self.args.amount,
            cash_mint: self.accounts.cash_mint,
            cash_amount: self.args.cash_amount,
            statement: ReserveStatement::default(),
        })
    }

    pub fn instruction(&self) -> Instruction {
        instruction(&self.accounts, &issuer::instruction::RedeemForCash { args: self.args })
    }

    pub fn send(&self, world: &mut World, owner: &Keypair) -> Outcome {
        let signatures = attest::sign(&self.body().message(), &world.signers(&self.signers));
        world.vm.send_with_lookup_table(&[signatures, self.instruction()], &[owner])
    }
}
