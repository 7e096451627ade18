use crate::{
    constants::*,
    error::IssuerError,
    event::{EMITTER, TickerListed},
    listing::{self, Description, ListedMint},
    power::require_power,
    state::{
        Custodian, Issuer, NonceWindow, RoleGrant, Symbol, Ticker, TickerTerms, role, symbol_text,
    },
    token::Authority,
};
use anchor_lang::prelude::*;
use anchor_spl::{
    associated_token::{self, AssociatedToken},
    token_2022::Token2022,
};
use scrip_interface::issuer::Mode;
use scrip_interface::pda::{
    AUTHORITY_SEED, DELEGATE_SEED, ESCROW_SEED, NONCES_SEED, SYMBOL_LEN, SYMBOL_SEED, TICKER_SEED,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct ListTickerArgs {
    /// Padded with zeros, as is `underlying`.
    pub symbol: [u8; SYMBOL_LEN],
    pub underlying: [u8; SYMBOL_LEN],
    /// Of the underlying; zeros if none is assigned.
    pub isin: [u8; 12],
    /// Of the underlying's primary market.
    pub mic: [u8; 4],
    /// Metadata of the mint, with the symbol.
    pub name: String,
    pub uri: String,
    pub terms: TickerTerms,
    /// 0 open, 1 frozen, 2 hooked.
    pub mode: u8,
    /// Whether an open ticker too is minted to and redeemed by registered wallets only.
    pub primary_kyc: bool,
}

/// Creates the mint, a fresh account whose key signs once, and everything that goes with it.
#[event_cpi]
#[derive(Accounts)]
#[instruction(args: ListTickerArgs)]
pub struct ListTicker<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The admin, or who has the LIST role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
        constraint = custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    #[account(mut)]
    pub mint: Signer<'info>,
    #[account(
        init,
        payer = payer,
        space = Ticker::SPACE,
        seeds = [TICKER_SEED, mint.key().as_ref()],
        bump,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        init,
        payer = payer,
        space = Symbol::SPACE,
        seeds = [SYMBOL_SEED, issuer.key().as_ref(), &args.symbol],
        bump,
    )]
    pub symbol_record: AccountLoader<'info, Symbol>,
    #[account(
        init,
        payer = payer,
        space = NonceWindow::SPACE,
        seeds = [NONCES_SEED, mint.key().as_ref()],
        bump,
    )]
    pub nonces: AccountLoader<'info, NonceWindow>,
    /// CHECK: a signing address of this program, by its seeds.
    #[account(seeds = [AUTHORITY_SEED, mint.key().as_ref()], bump)]
    pub authority: UncheckedAccount<'info>,
    /// CHECK: a signing address of this program, by its seeds.
    #[account(seeds = [DELEGATE_SEED, mint.key().as_ref()], bump)]
    pub delegate: UncheckedAccount<'info>,
    /// CHECK: a signing address of this program, by its seeds.
    #[account(seeds = [ESCROW_SEED, mint.key().as_ref()], bump)]
    pub escrow: UncheckedAccount<'info>,
    /// CHECK: the associated token program checks it.
    #[account(mut)]
    pub escrow_account: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
    pub associated_token_program: Program<'info, AssociatedToken>,
    pub system_program: Program<'info, System>,
}

impl ListTickerArgs {
    fn validate(&self) -> Result<()> {
        symbol_text(&self.symbol)?;
        symbol_text(&self.underlying)?;
        listing::require_isin(&self.isin)?;
        listing::require_mic(&self.mic)?;
        require!(
            !self.name.is_empty()
                && self.name.len() <= MAX_NAME_LEN
                && self.uri.len() <= MAX_URI_LEN,
            IssuerError::MetadataInvalid
        );
        self.mode()?;
        self.terms.validate()
    }

    fn mode(&self) -> Result<Mode> {
        Ok(Mode::from_byte(self.mode).ok_or(IssuerError::ModeUnknown)?)
    }
}

impl<'info> ListTicker<'info> {
    fn init_records(&self, args: &ListTickerArgs, bumps: &ListTickerBumps) -> Result<()> {
        let mint = self.mint.key();
        let mut ticker = self.ticker.load_init()?;
        ticker.version = LAYOUT_VERSION;
        ticker.bump = bumps.ticker;
        ticker.authority_bump = bumps.authority;
        ticker.delegate_bump = bumps.delegate;
        ticker.escrow_bump = bumps.escrow;
        ticker.set_terms(&args.terms);
        ticker.issuer = self.issuer.key();
        ticker.custodian = self.custodian.key();
        ticker.mint = mint;
        ticker.escrow_account = self.escrow_account.key();
        ticker.symbol = args.symbol;
        ticker.underlying = args.underlying;
        ticker.isin = args.isin;
        ticker.mic = args.mic;
        ticker.mode = args.mode;
        ticker.primary_kyc = args.primary_kyc.into();

        let mut symbol = self.symbol_record.load_init()?;
        symbol.version = LAYOUT_VERSION;
        symbol.bump = bumps.symbol_record;
        symbol.issuer = self.issuer.key();
        symbol.mint = mint;
        symbol.symbol = args.symbol;

        let mut nonces = self.nonces.load_init()?;
        nonces.version = LAYOUT_VERSION;
        nonces.bump = bumps.nonces;
        nonces.subject = mint;
        Ok(())
    }

    fn create_escrow_account(&self) -> Result<()> {
        associated_token::create(CpiContext::new(
            self.associated_token_program.key(),
            associated_token::Create {
                payer: self.payer.to_account_info(),
                associated_token: self.escrow_account.to_account_info(),
                authority: self.escrow.to_account_info(),
                mint: self.mint.to_account_info(),
                system_program: self.system_program.to_account_info(),
                token_program: self.token_program.to_account_info(),
            },
        ))
    }
}

pub fn list_ticker(ctx: Context<ListTicker>, args: ListTickerArgs) -> Result<()> {
    args.validate()?;
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::LIST, now)?;
    accounts.init_records(&args, &ctx.bumps)?;
    {
        let mut custodian = accounts.custodian.load_mut()?;
        custodian.tickers = custodian.tickers.saturating_add(1);
    }

    let mint = accounts.mint.key();
    let listed = ListedMint {
        mint: &accounts.mint,
        authority: &accounts.authority,
        authority_seeds: &[AUTHORITY_SEED, mint.as_ref(), &[ctx.bumps.authority]],
    };
    let description = Description {
        name: &args.name,
        symbol: symbol_text(&args.symbol)?,
        uri: &args.uri,
        underlying: symbol_text(&args.underlying)?,
        isin: &args.isin,
        mic: &args.mic,
        mode: args.mode()?,
    };
    listing::create_mint(&listed, &accounts.delegate, &accounts.payer, &description)?;
    accounts.create_escrow_account()?;
    if args.mode()? == Mode::Frozen {
        let seeds = listed.authority_seeds;
        let authority = Authority { mint: &accounts.mint, authority: &accounts.authority, seeds };
        authority.set_frozen(&accounts.escrow_account, false)?;
    }

    let (issuer_key, custodian) = (accounts.issuer.key(), accounts.custodian.key());
    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| TickerListed {
        sequence,
        issuer: issuer_key,
        custodian,
        mint,
        symbol: args.symbol,
        isin: args.isin,
        mic: args.mic,
        terms: args.terms,
        mode: args.mode,
        primary_kyc: args.primary_kyc,
    })
}
