use crate::{
    error::IssuerError,
    event::{EMITTER, RedemptionSettled},
    quorum::{AttestationArgs, Quorum},
    state::{AttestorSet, Issuer, NonceWindow, Redemption, Ticker},
    token::{self, Authority},
};
use anchor_lang::{AccountsClose, prelude::*};
use anchor_spl::token_2022::Token2022;
use scrip_interface::{
    attestation::SettleBody,
    pda::{AUTHORITY_SEED, ESCROW_SEED},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct SettleRedemptionArgs {
    pub attestation: AttestationArgs,
    /// Raw units, at most what is left of the redemption.
    pub amount: u64,
    pub payout_reference: [u8; 32],
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it. No pause
/// stops it.
#[event_cpi]
#[derive(Accounts)]
pub struct SettleRedemption<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(mut)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    #[account(mut)]
    pub redemption: AccountLoader<'info, Redemption>,
    /// CHECK: the redemption names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority while it is paused; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: signs as the escrow's owner; Token-2022 compares it with the escrow account.
    pub escrow: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub escrow_account: UncheckedAccount<'info>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

impl SettleRedemption<'_> {
    /// What `has_one` would say, each account loaded once.
    fn validate(&self, ticker: &Ticker, redemption: &Redemption) -> Result<()> {
        require_keys_eq!(*self.issuer.as_ref().key, ticker.issuer, IssuerError::WrongIssuer);
        require_keys_eq!(*self.mint.key, ticker.mint, IssuerError::WrongMint);
        require_keys_eq!(*self.escrow_account.key, ticker.escrow_account, IssuerError::WrongEscrow);
        require_keys_eq!(redemption.mint, ticker.mint, IssuerError::WrongMint);
        require_keys_eq!(*self.rent_payer.key, redemption.rent_payer, IssuerError::WrongRentPayer);
        Ok(())
    }

    /// Takes the attestation. Returns who signed it.
    fn take(&self, args: &SettleRedemptionArgs, ticker: &Ticker, request: u64) -> Result<u16> {
        let now = Clock::get()?.unix_timestamp;
        let quorum = Quorum {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            signatures: &self.signatures,
        };
        quorum.take_about(ticker, &self.nonces, &args.attestation, now, |header| SettleBody {
            header,
            action_sequence: ticker.action_sequence,
            redemption: self.redemption.key(),
            request,
            amount: args.amount,
            payout_reference: args.payout_reference,
        })
    }

    fn burn(&self, ticker: &Ticker, amount: u64) -> Result<()> {
        let mint = ticker.mint;
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        let seeds: &[&[u8]] = &[ESCROW_SEED, mint.as_ref(), &[ticker.escrow_bump]];
        authority.despite_pause(ticker.is_mint_paused(), &[], || {
            token::burn(&self.escrow_account, &self.mint, &self.escrow, &[seeds], amount)
        })
    }
}

pub fn settle_redemption(ctx: Context<SettleRedemption>, args: SettleRedemptionArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    require!(args.amount > 0, IssuerError::AmountZero);

    let mut ticker = accounts.ticker.load_mut()?;
    let (owner, amount_left, signers) = {
        let mut redemption = accounts.redemption.load_mut()?;
        accounts.validate(&ticker, &redemption)?;
        let request = redemption.request;
        redemption.settle(args.amount, args.payout_reference)?;
        let signers = accounts.take(&args, &ticker, request)?;
        (redemption.owner, redemption.amount_left, signers)
    };
    ticker.settle_redemption(args.amount)?;
    accounts.burn(&ticker, args.amount)?;

    let escrow = token::balance(&accounts.escrow_account)?;
    token::with_mint(&accounts.mint, |mint| ticker.invariant(mint.supply(), Some(escrow)))?;

    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| RedemptionSettled {
        sequence,
        mint,
        redemption: accounts.redemption.key(),
        owner,
        amount: args.amount,
        amount_left,
        payout_reference: args.payout_reference,
        attestor_set: accounts.attestor_set.key(),
        nonce: args.attestation.nonce,
        signers,
    })?;
    if amount_left == 0 {
        accounts.redemption.close(accounts.rent_payer.to_account_info())?;
    }
    Ok(())
}
