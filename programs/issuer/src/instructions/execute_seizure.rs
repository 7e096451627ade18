use crate::{
    error::IssuerError,
    event::{EMITTER, SeizureExecuted},
    power::require_power,
    registration::{Registration, require_same_investor},
    state::{Hold, Issuer, RoleGrant, Seizure, SeizureKind, Ticker, role},
    token::{self, Authority, Transfer},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::{AUTHORITY_SEED, DELEGATE_SEED};

/// The one instruction that signs as the permanent delegate.
///
/// Remaining accounts: those that the mint's transfer hook asks for, if it has one. The hook looks at
/// the destination, the issuer's own wallet too.
#[event_cpi]
#[derive(Accounts)]
pub struct ExecuteSeizure<'info> {
    /// Has the COMPLIANCE role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    #[account(
        mut,
        has_one = mint @ IssuerError::WrongMint,
        has_one = from @ IssuerError::WrongTokenAccount,
    )]
    pub seizure: AccountLoader<'info, Seizure>,
    /// Names the seizure while that is open.
    #[account(mut)]
    pub hold: AccountLoader<'info, Hold>,
    /// CHECK: the seizure names it; of this mint and still its owner's, by `validate`.
    #[account(mut)]
    pub from: UncheckedAccount<'info>,
    /// CHECK: an account of the seizure's `to_owner`, by `validate`; Token-2022 checks the mint.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: signs as the permanent delegate; Token-2022 compares it with the mint.
    pub delegate: UncheckedAccount<'info>,
    /// Where the shares go to the issuer's compliance wallet: that wallet's grant.
    pub destination_grant: Option<AccountLoader<'info, RoleGrant>>,
    /// CHECK: read by `Registration`. Needed where the destination is not the issuer's.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the destination's owner.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `require_same_investor`: the gate's record of the lost wallet, in a recovery.
    pub from_record: Option<UncheckedAccount<'info>>,
    pub token_program: Program<'info, Token2022>,
}

impl<'info> ExecuteSeizure<'info> {
    /// What will move.
    fn validate(&self, ticker: &Ticker, seizure: &Seizure, now: i64) -> Result<u64> {
        let operator = self.operator.key();
        require_power(&self.issuer, &operator, &self.role_grant, role::COMPLIANCE, now)?;
        seizure.require_ripe(now)?;
        let held_for = self.hold.load()?.seizure;
        require_keys_eq!(held_for, self.seizure.key(), IssuerError::WrongHold);
        // An account that is closed and opened again may be of another mint, or somebody else's.
        let standing = token::standing(&self.from, &ticker.mint)?;
        require_keys_eq!(standing.owner, seizure.from_owner, IssuerError::WrongOwner);
        token::require_account_of(&self.destination, &seizure.to_owner)?;
        let escrow = ticker.escrow_account;
        require_keys_neq!(*self.destination.key, escrow, IssuerError::SeizureInvalid);
        self.require_entitled(ticker, seizure, now)?;
        let amount = seizure.amount.min(token::balance(&self.from)?.0);
        require!(amount > 0, IssuerError::AmountZero);
        Ok(amount)
    }

    /// The destination's owner may have the shares.
    fn require_entitled(&self, ticker: &Ticker, seizure: &Seizure, now: i64) -> Result<()> {
        let (owner, record) = (&seizure.to_owner, &self.wallet_record);
        let registration = Registration { policy: &self.policy, wallet_record: record };
        match seizure.kind() {
            SeizureKind::Seizure if self.destination_grant.is_some() => {
                let grant = &self.destination_grant;
                require_power(&self.issuer, owner, grant, role::COMPLIANCE, now)
            }
            SeizureKind::Seizure => registration.require_despite_pause(ticker, owner, now),
            SeizureKind::Recovery => {
                let from = (&self.from_record, &seizure.from_owner);
                require_same_investor(&ticker.issuer, from, (record, owner))?;
                if ticker.asks_registration() {
                    registration.require_despite_pause(ticker, owner, now)?;
                }
                Ok(())
            }
        }
    }

    /// Afterwards the account is frozen, whatever it was: it stays held.
    fn transfer(
        &self,
        ticker: &Ticker,
        amount: u64,
        hook_accounts: &[AccountInfo<'info>],
    ) -> Result<()> {
        let mint = ticker.mint;
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        let seeds: &[&[u8]] = &[DELEGATE_SEED, mint.as_ref(), &[ticker.delegate_bump]];
        let transfer = Transfer {
            source: &self.from,
            mint: &self.mint,
            destination: &self.destination,
            authority: &self.delegate,
            hook_accounts,
            amount,
        };
        let both = [&*self.from, &*self.destination];
        authority.despite_pause(ticker.is_mint_paused(), &both, || transfer.make(&[seeds]))?;
        if token::standing(&self.from, &mint)?.frozen {
            return Ok(());
        }
        authority.set_frozen(&self.from, true)
    }
}

pub fn execute_seizure<'info>(ctx: Context<'info, ExecuteSeizure<'info>>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    let mut ticker = accounts.ticker.load_mut()?;
    let mut seizure = accounts.seizure.load_mut()?;
    let moved = accounts.validate(&ticker, &seizure, now)?;

    seizure.execute(moved, now);
    ticker.record_seizure(seizure.kind(), moved)?;
    accounts.hold.load_mut()?.seizure = Pubkey::default();
    accounts.transfer(&ticker, moved, ctx.remaining_accounts)?;

    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SeizureExecuted {
        sequence,
        mint: seizure.mint,
        seizure: accounts.seizure.key(),
        kind: seizure.kind(),
        reason: seizure.reason,
        case_hash: seizure.case_hash,
        from: seizure.from,
        from_owner: seizure.from_owner,
        to: accounts.destination.key(),
        to_owner: seizure.to_owner,
        moved,
        operator,
    })
}
