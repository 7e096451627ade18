use crate::{
    constants::{LAYOUT_VERSION, TOKEN_ACL},
    error::GateError,
    event::{EMITTER, PolicyCreated},
    manager::require_power,
    state::{Policy, PolicyTerms, Registry},
    token_acl::{MINT_CONFIG_SEED, config_authority},
};
use anchor_lang::prelude::*;
use scrip_interface::{
    gate::pda::POLICY_SEED,
    ids,
    issuer::{Ticker, role},
    mint::{Mint, TOKEN_2022, extension},
    pda::{self, TICKER_SEED},
};

/// For a ticker by its issuer's operator; for another mint by who governs it at Token ACL, whose own
/// registry is then the one that counts.
#[event_cpi]
#[derive(Accounts)]
pub struct CreatePolicy<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the LIST or the COMPLIANCE role; without a ticker, the authority of the mint's config.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: the ticker's issuer; without a ticker, the operator.
    pub issuer: UncheckedAccount<'info>,
    #[account(has_one = issuer @ GateError::WrongIssuer)]
    pub registry: AccountLoader<'info, Registry>,
    /// CHECK: the ticker is of this mint; without a ticker, `require_lasting` reads it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: by its seeds. What is there decides who may create the policy, so it cannot be left out.
    #[account(seeds = [TICKER_SEED, mint.key().as_ref()], bump, seeds::program = ids::ISSUER)]
    pub ticker: UncheckedAccount<'info>,
    /// CHECK: by its seeds; `config_authority` reads it. Needed without a ticker.
    #[account(seeds = [MINT_CONFIG_SEED, mint.key().as_ref()], bump, seeds::program = TOKEN_ACL)]
    pub mint_config: Option<UncheckedAccount<'info>>,
    #[account(
        init,
        payer = payer,
        space = Policy::SPACE,
        seeds = [POLICY_SEED, mint.key().as_ref()],
        bump,
    )]
    pub policy: AccountLoader<'info, Policy>,
    pub system_program: Program<'info, System>,
}

/// Owner of open redemptions and permanent delegate, of a ticker; zeros without one.
#[derive(Default)]
struct Exempt {
    escrow: Pubkey,
    delegate: Pubkey,
}

impl CreatePolicy<'_> {
    fn validate(&self, now: i64) -> Result<Exempt> {
        let mint = self.mint.key;
        if *self.ticker.owner != ids::ISSUER {
            // No ticker will ever be there: a listing makes its mint itself, and this one lasts.
            self.require_config()?;
            require_lasting(&self.mint)?;
            return Ok(Exempt::default());
        }
        let data = self.ticker.try_borrow_data()?;
        let ticker = Ticker::parse(&data).ok_or(GateError::WrongMint)?;
        require_keys_eq!(ticker.issuer(), *self.issuer.key, GateError::WrongIssuer);
        let grant = self.role_grant.as_deref();
        let roles = role::LIST | role::COMPLIANCE;
        require_power(&self.issuer, self.operator.key, grant, roles, now)?;
        let escrow = pda::escrow(&ids::ISSUER, mint).0;
        Ok(Exempt { escrow, delegate: pda::delegate(&ids::ISSUER, mint).0 })
    }

    fn require_config(&self) -> Result<()> {
        require_keys_eq!(*self.issuer.key, *self.operator.key, GateError::WrongIssuer);
        let config = self.mint_config.as_deref();
        let authority = config.and_then(|config| config_authority(config, self.mint.key));
        require!(authority == Some(*self.operator.key), GateError::NotConfigAuthority);
        Ok(())
    }
}

/// A mint that could be closed could be made again by somebody else, and would find this policy.
fn require_lasting(mint: &AccountInfo) -> Result<()> {
    let data = mint.try_borrow_data()?;
    let parsed = Mint::parse(&data).filter(|_| *mint.owner == TOKEN_2022);
    let parsed = parsed.ok_or(GateError::MintInvalid)?;
    let closable = parsed.extension(extension::MINT_CLOSE_AUTHORITY).is_some();
    require!(!closable, GateError::MintClosable);
    Ok(())
}

pub fn create_policy(ctx: Context<CreatePolicy>, terms: PolicyTerms) -> Result<()> {
    let accounts = &ctx.accounts;
    terms.validate(accounts.registry.load()?.providers)?;
    let exempt = accounts.validate(Clock::get()?.unix_timestamp)?;

    let (key, mint, issuer) = (accounts.policy.key(), accounts.mint.key(), accounts.issuer.key());
    let mut policy = accounts.policy.load_init()?;
    policy.version = LAYOUT_VERSION;
    policy.bump = ctx.bumps.policy;
    policy.mint = mint;
    policy.issuer = issuer;
    policy.escrow = exempt.escrow;
    policy.delegate = exempt.delegate;
    policy.set_terms(&terms);
    policy.stream.publish(EMITTER, &accounts.event_authority, |sequence| PolicyCreated {
        sequence,
        policy: key,
        mint,
        issuer,
        terms,
    })
}
