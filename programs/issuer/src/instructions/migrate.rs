use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    rent,
    state::{AttestorSet, Custodian, Issuer, NonceWindow, Redemption, SPACE_V1, Symbol, Ticker},
};
use anchor_lang::{Discriminator, prelude::*};

const VERSION: usize = 8;

/// Brings an account of the layout before to this release's. Anybody may, any number of times.
#[derive(Accounts)]
pub struct Migrate<'info> {
    /// Pays where an account grows.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// CHECK: of this program; its discriminator says what it is.
    #[account(mut, owner = crate::ID @ IssuerError::LayoutUnknown)]
    pub account: UncheckedAccount<'info>,
    /// An attestor set's custodian, which takes the set into its list.
    #[account(mut)]
    pub custodian: Option<AccountLoader<'info, Custodian>>,
    pub system_program: Program<'info, System>,
}

impl<'info> Migrate<'info> {
    fn version(&self) -> Result<u8> {
        let data = self.account.try_borrow_data()?;
        Ok(*data.get(VERSION).ok_or(IssuerError::LayoutUnknown)?)
    }

    fn is<T: Discriminator>(&self) -> Result<bool> {
        Ok(self.account.try_borrow_data()?.starts_with(T::DISCRIMINATOR))
    }

    /// The account's own state, of a layout as long as the current one.
    fn edit<T: bytemuck::Pod>(&self, edit: impl FnOnce(&mut T) -> Result<()>) -> Result<()> {
        let mut data = self.account.try_borrow_mut_data()?;
        let state = data.get_mut(VERSION..).ok_or(IssuerError::LayoutUnknown)?;
        let state =
            bytemuck::try_from_bytes_mut::<T>(state).map_err(|_| IssuerError::LayoutUnknown)?;
        edit(state)
    }

    fn grow(&self, space: usize) -> Result<()> {
        rent::top_up(&self.payer, &self.account, space)?;
        // What is added is zero: no statement, no nonce used, no live set, no key removed.
        Ok(self.account.resize(space)?)
    }

    /// From here on a removal of a key reaches the set, so from here on it counts again.
    fn register_set(&self) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        let custodian = self.custodian.as_ref().ok_or(IssuerError::WrongCustodian)?;
        require!(Custodian::is_current(custodian), IssuerError::LayoutOutdated);
        let address = self.account.key();
        self.edit::<AttestorSet>(|set| {
            require_keys_eq!(set.custodian, custodian.key(), IssuerError::WrongCustodian);
            if set.expires_at > now {
                let mut custodian = custodian.load_mut()?;
                custodian.require_none_removed(set)?;
                // Until now it did not count, so nobody who agreed to this custodian saw it.
                custodian.unannounced_at = now;
                custodian.add_live_set(address, set.expires_at, now)?;
            }
            Ok(())
        })
    }
}

pub fn migrate(ctx: Context<Migrate>) -> Result<()> {
    let accounts = &ctx.accounts;
    if accounts.version()? >= LAYOUT_VERSION {
        return Ok(());
    }
    if accounts.is::<Custodian>()? {
        require!(accounts.account.data_len() == SPACE_V1, IssuerError::LayoutUnknown);
        accounts.grow(Custodian::SPACE)?;
    } else if accounts.is::<AttestorSet>()? {
        accounts.register_set()?;
    } else if accounts.is::<Issuer>()? {
        accounts.edit::<Issuer>(|issuer| {
            // It may have been set since the release: then it stays.
            issuer.timelock_secs = issuer.timelock_secs();
            Ok(())
        })?;
    } else {
        // The others' new fields say nothing while they are zero.
        let known = accounts.is::<Ticker>()?
            || accounts.is::<NonceWindow>()?
            || accounts.is::<Symbol>()?
            || accounts.is::<Redemption>()?;
        require!(known, IssuerError::LayoutUnknown);
    }
    let mut data = accounts.account.try_borrow_mut_data()?;
    *data.get_mut(VERSION).ok_or(IssuerError::LayoutUnknown)? = LAYOUT_VERSION;
    Ok(())
}
