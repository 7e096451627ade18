use crate::{
    constants::{MAX_NAME_LEN, MAX_URI_LEN},
    error::IssuerError,
    event::{EMITTER, MetadataUpdated},
    listing::{self, ListedMint, field},
    power::require_power,
    rent,
    state::{Issuer, RoleGrant, Ticker, role, symbol_text},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::{AUTHORITY_SEED, SYMBOL_LEN};

/// One entry of a mint's metadata.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub enum MetadataChange {
    Name {
        name: String,
    },
    /// Of the JSON that wallets show.
    Uri {
        uri: String,
    },
    /// The legal document, and the sha256 of its bytes: never one without the other.
    Prospectus {
        uri: String,
        sha256: [u8; 32],
    },
    Underlying {
        symbol: [u8; SYMBOL_LEN],
    },
    Isin {
        isin: [u8; 12],
    },
    Mic {
        mic: [u8; 4],
    },
}

#[event_cpi]
#[derive(Accounts)]
pub struct UpdateMetadata<'info> {
    /// Pays for a mint that grows.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The admin, or who has the LIST role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the metadata's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
    pub system_program: Program<'info, System>,
}

type Entry = (listing::Field, String);

impl MetadataChange {
    /// The entries to write, checked; the ticker's own record is kept in step.
    fn apply(self, ticker: &mut Ticker) -> Result<Vec<Entry>> {
        let uri_fits = |uri: &str| uri.len() <= MAX_URI_LEN;
        Ok(match self {
            Self::Name { name } => {
                let fits = !name.is_empty() && name.len() <= MAX_NAME_LEN;
                require!(fits, IssuerError::MetadataInvalid);
                vec![(listing::Field::Name, name)]
            }
            Self::Uri { uri } => {
                require!(uri_fits(&uri), IssuerError::MetadataInvalid);
                vec![(listing::Field::Uri, uri)]
            }
            Self::Prospectus { uri, sha256 } => {
                require!(uri_fits(&uri), IssuerError::MetadataInvalid);
                let hash = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
                vec![(field(listing::PROSPECTUS_URI), uri), (field(listing::PROSPECTUS_HASH), hash)]
            }
            Self::Underlying { symbol } => {
                ticker.underlying = symbol;
                vec![(field(listing::UNDERLYING), symbol_text(&symbol)?.to_owned())]
            }
            Self::Isin { isin } => {
                listing::require_isin(&isin)?;
                ticker.isin = isin;
                vec![(field(listing::ISIN), listing::text(&isin))]
            }
            Self::Mic { mic } => {
                listing::require_mic(&mic)?;
                ticker.mic = mic;
                vec![(field(listing::MIC), listing::text(&mic))]
            }
        })
    }
}

pub fn update_metadata(ctx: Context<UpdateMetadata>, change: MetadataChange) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let operator = accounts.operator.key();
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::LIST, now)?;

    let mut ticker = accounts.ticker.load_mut()?;
    let mint = ticker.mint;
    let entries = change.apply(&mut ticker)?;
    let seeds: &[&[u8]] = &[AUTHORITY_SEED, mint.as_ref(), &[ticker.authority_bump]];
    let listed =
        ListedMint { mint: &accounts.mint, authority: &accounts.authority, authority_seeds: seeds };
    for (field, value) in entries {
        listed.set_field(&field, &value)?;
        let field = listing::name_of(&field);
        ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| MetadataUpdated {
            sequence,
            mint,
            field,
            value,
        })?;
    }
    rent::top_up(&accounts.payer, &accounts.mint, accounts.mint.data_len())
}
