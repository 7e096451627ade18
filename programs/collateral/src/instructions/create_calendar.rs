use crate::{
    constants::LAYOUT_VERSION,
    error::CollateralError,
    event::{CalendarCreated, EMITTER},
    state::{Calendar, Curator, Hours, Role, Year, require_mic},
};
use anchor_lang::prelude::*;
use scrip_interface::collateral::pda::{CALENDAR_SEED, MIC_LEN};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateCalendarArgs {
    pub mic: [u8; MIC_LEN],
    pub hours: Hours,
    /// Nobody relies on a calendar yet that is being created: these count at once.
    pub years: Vec<Year>,
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateCalendarArgs)]
pub struct CreateCalendar<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub authority: Signer<'info>,
    #[account(mut)]
    pub curator: AccountLoader<'info, Curator>,
    #[account(
        init,
        payer = payer,
        space = Calendar::SPACE,
        seeds = [CALENDAR_SEED, curator.key().as_ref(), &args.mic],
        bump,
    )]
    pub calendar: AccountLoader<'info, Calendar>,
    pub system_program: Program<'info, System>,
}

pub fn create_calendar(ctx: Context<CreateCalendar>, args: CreateCalendarArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::CALENDAR)?;
    require_mic(&args.mic)?;
    args.hours.invariant()?;

    let mut calendar = accounts.calendar.load_init()?;
    calendar.version = LAYOUT_VERSION;
    calendar.bump = ctx.bumps.calendar;
    calendar.mic = args.mic;
    calendar.curator = accounts.curator.key();
    calendar.hours = args.hours;
    for year in &args.years {
        year.invariant()?;
        let repeated = calendar.years.iter().any(|loaded| loaded.year == year.year);
        require!(!repeated, CollateralError::YearInvalid);
        calendar.store(*year)?;
    }

    let (curator_key, key) = (calendar.curator, accounts.calendar.key());
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| CalendarCreated {
        sequence,
        curator: curator_key,
        calendar: key,
        mic: args.mic,
        years: args.years.iter().map(|year| year.year).collect(),
    })
}
