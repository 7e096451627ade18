//! Rent of accounts that grow, or that somebody has sent lamports ahead.

use anchor_lang::{
    prelude::*,
    solana_program::{program::invoke, system_instruction},
};

/// The payer adds what `account` lacks to hold `space` bytes.
pub fn top_up<'info>(
    payer: &AccountInfo<'info>,
    account: &AccountInfo<'info>,
    space: usize,
) -> Result<()> {
    let missing = Rent::get()?.minimum_balance(space).saturating_sub(account.lamports());
    if missing > 0 {
        let pay = system_instruction::transfer(payer.key, account.key, missing);
        invoke(&pay, &[payer.clone(), account.clone()])?;
    }
    Ok(())
}
