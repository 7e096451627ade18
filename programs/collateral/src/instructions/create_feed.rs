use crate::{
    constants::LAYOUT_VERSION,
    error::CollateralError,
    event::{EMITTER, FeedCreated},
    state::{Calendar, Curator, Feed, FeedConfig, Role},
};
use anchor_lang::prelude::*;
use scrip_interface::{
    collateral::pda::FEED_SEED,
    mint::{Mint, TOKEN_2022},
};
use scrip_math::valuation::MAX_DECIMALS;

#[event_cpi]
#[derive(Accounts)]
pub struct CreateFeed<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub authority: Signer<'info>,
    #[account(mut)]
    pub curator: AccountLoader<'info, Curator>,
    #[account(has_one = curator @ CollateralError::WrongCurator)]
    pub calendar: AccountLoader<'info, Calendar>,
    /// CHECK: a Token-2022 mint, by `validate`.
    pub mint: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = Feed::SPACE,
        seeds = [FEED_SEED, curator.key().as_ref(), mint.key().as_ref()],
        bump,
    )]
    pub feed: AccountLoader<'info, Feed>,
    pub system_program: Program<'info, System>,
}

impl CreateFeed<'_> {
    fn validate(&self, config: &FeedConfig) -> Result<()> {
        self.curator.load()?.require_role(self.authority.key, Role::FEED)?;
        config.invariant()?;
        require_keys_eq!(config.calendar, self.calendar.key(), CollateralError::WrongCalendar);
        let mint = self.mint.try_borrow_data()?;
        let decimals = Mint::parse(&mint).map(|mint| mint.decimals());
        let valid = *self.mint.owner == TOKEN_2022
            && decimals.is_some_and(|decimals| decimals <= MAX_DECIMALS);
        require!(valid, CollateralError::MintInvalid);
        Ok(())
    }
}

pub fn create_feed(ctx: Context<CreateFeed>, config: FeedConfig) -> Result<()> {
    let accounts = &ctx.accounts;
    accounts.validate(&config)?;
    let (curator_key, mint) = (accounts.curator.key(), accounts.mint.key());
    let config_hash = config.hash(&curator_key, &mint);

    let mut feed = accounts.feed.load_init()?;
    feed.version = LAYOUT_VERSION;
    feed.bump = ctx.bumps.feed;
    feed.curator = curator_key;
    feed.mint = mint;
    feed.config_version = 1;
    feed.config_hash = config_hash;
    feed.config = config;

    let feed_key = accounts.feed.key();
    accounts.curator.load_mut()?.stream.publish(EMITTER, &accounts.event_authority, |sequence| {
        FeedCreated {
            sequence,
            curator: curator_key,
            feed: feed_key,
            mint,
            calendar: config.calendar,
            config_hash,
        }
    })
}
