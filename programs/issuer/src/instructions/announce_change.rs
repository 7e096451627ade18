use crate::{
    error::IssuerError,
    event::{ChangeAnnounced, EMITTER},
    power::require_power,
    state::{Announcement, Change, Issuer, RoleGrant},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::ANNOUNCEMENT_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct AnnounceChangeArgs {
    /// Tells announcements of one issuer apart; free again once closed.
    pub id: u64,
    pub change: Change,
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: AnnounceChangeArgs)]
pub struct AnnounceChange<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The admin; where the change is of a role, who has that role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        init,
        payer = payer,
        space = Announcement::space(&args.change),
        seeds = [ANNOUNCEMENT_SEED, issuer.key().as_ref(), &args.id.to_le_bytes()],
        bump,
    )]
    pub announcement: Account<'info, Announcement>,
    pub system_program: Program<'info, System>,
}

impl AnnounceChange<'_> {
    fn validate(&self, change: &Change, now: i64) -> Result<()> {
        let operator = self.operator.key();
        if let Some(role) = change.role() {
            return require_power(&self.issuer, &operator, &self.role_grant, role, now);
        }
        require_keys_eq!(operator, self.issuer.load()?.admin, IssuerError::NotAdmin);
        Ok(())
    }
}

pub fn announce_change(ctx: Context<AnnounceChange>, args: AnnounceChangeArgs) -> Result<()> {
    let accounts = ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    accounts.validate(&args.change, now)?;

    let key = accounts.issuer.key();
    let mut issuer = accounts.issuer.load_mut()?;
    let announcement = Announcement {
        bump: ctx.bumps.announcement,
        issuer: key,
        id: args.id,
        announcer: accounts.operator.key(),
        rent_payer: accounts.payer.key(),
        ..Announcement::new(args.change, now, issuer.timelock_secs())
    };
    accounts.announcement.set_inner(announcement);

    let announcement = &accounts.announcement;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| ChangeAnnounced {
        sequence,
        issuer: key,
        announcement: announcement.key(),
        announcer: announcement.announcer,
        ready_at: announcement.ready_at,
        change: announcement.change.clone(),
    })
}
