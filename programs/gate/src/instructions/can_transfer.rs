use crate::{
    error::GateError,
    holder::{Judgement, data, policy_of},
    hook,
};
use anchor_lang::prelude::*;
use scrip_interface::{
    gate::{
        Policy, Reasons, flag,
        pda::{self, POLICY_SEED},
    },
    ids,
    mint::{Mint, TOKEN_2022},
    token_account::TokenAccount,
};
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct CanTransferArgs {
    pub source_owner: Pubkey,
    pub destination_owner: Pubkey,
    /// Raw units.
    pub amount: u64,
}

/// [`scrip_interface::gate::TransferReasons`], as return data.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferAnswer {
    pub source: u32,
    pub destination: u32,
    pub mint: u32,
}

#[derive(Accounts)]
pub struct CanTransfer<'info> {
    /// CHECK: judged.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: judged: the token account of `source_owner`.
    pub source: UncheckedAccount<'info>,
    /// CHECK: judged: the token account of `destination_owner`, which need not exist.
    pub destination: UncheckedAccount<'info>,
    /// CHECK: by its seeds; it need not exist.
    #[account(seeds = [POLICY_SEED, mint.key().as_ref()], bump)]
    pub policy: UncheckedAccount<'info>,
    /// CHECK: the record of `source_owner`, by its address; it need not exist.
    pub source_wallet: UncheckedAccount<'info>,
    /// CHECK: the record of `destination_owner`, by its address; it need not exist.
    pub destination_wallet: UncheckedAccount<'info>,
}

/// What both sides are judged by.
struct Rules<'a> {
    mint: &'a Pubkey,
    policy: Option<Policy<'a>>,
    /// Each transfer is checked by this program.
    hooked: bool,
    /// Accounts start frozen, and are thawed for those who may hold the mint.
    starts_frozen: bool,
    now: Timestamp,
}

/// One end of the transfer.
struct End<'a, 'info> {
    account: &'a AccountInfo<'info>,
    wallet: &'a AccountInfo<'info>,
    owner: Pubkey,
    /// Whether the hook looks at this end's record; and at how its account may change hands.
    recorded: bool,
    receives: bool,
}

pub fn can_transfer(ctx: Context<CanTransfer>, args: CanTransferArgs) -> Result<TransferAnswer> {
    let accounts = &ctx.accounts;
    let mint_data = data(&accounts.mint)?;
    let mint = Mint::parse(&mint_data).filter(|_| *accounts.mint.owner == TOKEN_2022);
    let mint = mint.ok_or(GateError::MintInvalid)?;
    let policy_data = data(&accounts.policy)?;
    let rules = Rules {
        mint: accounts.mint.key,
        policy: policy_of(&accounts.policy, &policy_data, accounts.mint.key),
        hooked: mint.hook_program() == Some(ids::GATE),
        starts_frozen: mint.starts_frozen(),
        now: Timestamp(Clock::get()?.unix_timestamp),
    };
    let escrow = rules.policy.map(|policy| policy.escrow());
    let is_escrow = |owner| escrow.is_some_and(|escrow| hook::is(&escrow, owner));
    let returned = is_escrow(&args.source_owner);
    let checks_source = rules.policy.is_some_and(|policy| policy.has(flag::SOURCE_CHECK));

    let source = End {
        account: &accounts.source,
        wallet: &accounts.source_wallet,
        owner: args.source_owner,
        recorded: rules.hooked && checks_source && !returned,
        receives: false,
    };
    let destination = End {
        account: &accounts.destination,
        wallet: &accounts.destination_wallet,
        owner: args.destination_owner,
        recorded: rules.hooked && !returned && !is_escrow(&args.destination_owner),
        receives: true,
    };
    let mut source_reasons = source.reasons(&rules)?;
    if source.balance(&rules)?.is_some_and(|balance| balance < args.amount) {
        source_reasons.add(Reasons::BALANCE_TOO_LOW);
    }
    Ok(TransferAnswer {
        source: source_reasons.0,
        destination: destination.reasons(&rules)?.0,
        mint: rules.of_mint(&mint, returned).0,
    })
}

impl Rules<'_> {
    fn of_mint(&self, mint: &Mint, returned: bool) -> Reasons {
        let mut reasons = Reasons::NONE;
        if mint.is_paused() {
            reasons.add(Reasons::MINT_PAUSED);
        }
        match &self.policy {
            Some(policy) if self.hooked && policy.is_paused() && !returned => {
                reasons.add(Reasons::POLICY_PAUSED);
            }
            None if self.hooked || self.starts_frozen => reasons.add(Reasons::POLICY_MISSING),
            _ => {}
        }
        reasons
    }

    /// What the record of an owner says; nothing, where no policy asks.
    fn judge(&self, wallet: &AccountInfo, owner: &Pubkey) -> Result<Option<Judgement>> {
        let Some(policy) = &self.policy else { return Ok(None) };
        let address = pda::wallet(&crate::ID, &policy.issuer(), owner).0;
        require_keys_eq!(*wallet.key, address, GateError::WrongWallet);
        Ok(Some(Judgement::of(policy, wallet, owner, self.now)?))
    }
}

impl End<'_, '_> {
    fn reasons(&self, rules: &Rules) -> Result<Reasons> {
        let data = data(self.account)?;
        let judgement = rules.judge(self.wallet, &self.owner)?;
        let is_venue = judgement.as_ref().is_some_and(|judgement| judgement.is_venue);
        let record = judgement.map_or(Reasons::NONE, |judgement| judgement.reasons);

        let mut reasons = Reasons::NONE;
        // One that is created now is an associated one.
        let (mut frozen, mut immutable) = (rules.starts_frozen, true);
        match self.read(&data, rules) {
            Some(token) => {
                frozen = token.is_frozen();
                immutable = token.has_immutable_owner();
            }
            None if data.is_empty() => reasons.add(Reasons::ACCOUNT_MISSING),
            None => {
                reasons.add(Reasons::ACCOUNT_INVALID);
                return Ok(reasons);
            }
        }
        let replaceable = !immutable && !is_venue;
        let may_thaw = rules.starts_frozen && rules.policy.is_some();
        if frozen {
            let thaws = may_thaw && record.is_empty() && !replaceable;
            reasons.add(if thaws { Reasons::THAW_FIRST } else { Reasons::ACCOUNT_FROZEN });
        }
        let thaw_asks = frozen && may_thaw;
        if self.recorded || thaw_asks {
            reasons.add(record);
        }
        if replaceable && (self.recorded && self.receives || thaw_asks) {
            reasons.add(Reasons::OWNER_NOT_IMMUTABLE);
        }
        Ok(reasons)
    }

    fn balance(&self, rules: &Rules) -> Result<Option<u64>> {
        let data = data(self.account)?;
        Ok(self.read(&data, rules).and_then(|token| token.amount()).map(|amount| amount.0))
    }

    fn read<'a>(&self, data: &'a [u8], rules: &Rules) -> Option<TokenAccount<'a>> {
        crate::holder::token_account_of(self.account, data, rules.mint)
            .filter(|token| token.owner() == Some(self.owner))
    }
}
