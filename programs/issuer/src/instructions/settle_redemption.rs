use crate::{
    error::IssuerError,
    event::RedemptionSettled,
    introspection,
    quorum::{AttestationArgs, take_attestation},
    state::{AttestorSet, Issuer, NonceWindow, Redemption, Ticker},
    token,
};
use anchor_lang::{AccountsClose, prelude::*};
use anchor_spl::token_2022::Token2022;
use scrip_interface::{
    attestation::{Kind, SettleBody},
    pda::ESCROW_SEED,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct SettleRedemptionArgs {
    pub attestation: AttestationArgs,
    /// Raw units, at most what is left of the redemption.
    pub amount: u64,
    pub payout_reference: [u8; 32],
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it.
#[event_cpi]
#[derive(Accounts)]
pub struct SettleRedemption<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = mint @ IssuerError::WrongMint,
        has_one = escrow_account @ IssuerError::WrongEscrow,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    #[account(
        mut,
        has_one = mint @ IssuerError::WrongMint,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
    )]
    pub redemption: AccountLoader<'info, Redemption>,
    /// CHECK: the redemption names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the escrow's owner; Token-2022 compares it with the escrow account.
    pub escrow: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub escrow_account: UncheckedAccount<'info>,
    /// CHECK: by its address.
    #[account(address = introspection::INSTRUCTIONS_SYSVAR)]
    pub instructions: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

impl SettleRedemption<'_> {
    fn validate(&self, args: &SettleRedemptionArgs) -> Result<()> {
        let ticker = self.ticker.load()?;
        require_keys_eq!(
            self.attestor_set.load()?.custodian,
            ticker.custodian,
            IssuerError::WrongCustodian
        );
        require_keys_eq!(self.nonces.load()?.subject, ticker.mint, IssuerError::WrongSubject);
        require!(args.amount > 0, IssuerError::AmountZero);
        let left = self.redemption.load()?.amount_left;
        require!(args.amount <= left, IssuerError::AmountAboveRedemption);
        Ok(())
    }
}

pub fn settle_redemption(ctx: Context<SettleRedemption>, args: SettleRedemptionArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    accounts.validate(&args)?;

    let mut ticker = accounts.ticker.load_mut()?;
    let mint_key = ticker.mint;
    let attestor_set = accounts.attestor_set.key();
    let redemption_key = accounts.redemption.key();
    let body = SettleBody {
        header: args.attestation.header(&*accounts.issuer.load()?, mint_key, attestor_set),
        action_sequence: ticker.action_sequence,
        redemption: redemption_key,
        amount: args.amount,
        payout_reference: args.payout_reference,
    };
    let signers = take_attestation(
        Kind::Settle,
        &args.attestation,
        &body.message(),
        &*accounts.attestor_set.load()?,
        &mut *accounts.nonces.load_mut()?,
        &accounts.instructions,
    )?;
    let (owner, amount_left) = {
        let mut redemption = accounts.redemption.load_mut()?;
        redemption.settle(args.amount, args.payout_reference)?;
        (redemption.owner, redemption.amount_left)
    };
    ticker.settle_redemption(args.amount)?;

    let seeds: &[&[u8]] = &[ESCROW_SEED, mint_key.as_ref(), &[ticker.escrow_bump]];
    token::burn(&accounts.escrow_account, &accounts.mint, &accounts.escrow, seeds, args.amount)?;

    let escrow = token::balance(&accounts.escrow_account)?;
    token::with_mint(&accounts.mint, |mint| ticker.invariant(mint.supply(), Some(escrow)))?;

    ticker.stream.publish(&accounts.event_authority, |sequence| RedemptionSettled {
        sequence,
        mint: mint_key,
        redemption: redemption_key,
        owner,
        amount: args.amount,
        amount_left,
        payout_reference: args.payout_reference,
        attestor_set,
        nonce: args.attestation.nonce,
        signers,
    })?;
    if amount_left == 0 {
        accounts.redemption.close(accounts.rent_payer.to_account_info())?;
    }
    Ok(())
}
