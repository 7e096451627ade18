//! Builders of the questions, and how an answer is read: simulate, and take the return data.

use super::{Call, token_account};
use crate::{vm::Vm, world::World};
use anchor_lang::{AnchorDeserialize, InstructionData, ToAccountMetas};
use issuer::instructions::{CanMintArgs, CanRedeemArgs};
use scrip_interface::pda;
use solana_message::{Message, VersionedMessage};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction::versioned::VersionedTransaction;

pub type CanMint = Call<issuer::accounts::CanMint, issuer::instruction::CanMint>;
pub type CanRedeem = Call<issuer::accounts::CanRedeem, issuer::instruction::CanRedeem>;

impl<A: ToAccountMetas, D: InstructionData> Call<A, D> {
    /// What the program answers, as a wallet would ask it: by a simulation, which changes nothing.
    pub fn answer<T: AnchorDeserialize>(&self, vm: &Vm) -> T {
        let (payer, blockhash) = (vm.payer.pubkey(), vm.svm.latest_blockhash());
        let message = Message::new_with_blockhash(&[self.instruction()], Some(&payer), &blockhash);
        let message = VersionedMessage::Legacy(message);
        let transaction = VersionedTransaction::try_new(message, &[&vm.payer]).expect("one signer");
        let answer = vm.svm.simulate_transaction(transaction).expect("a view answers");
        let returned = answer.meta.return_data;
        assert_eq!(returned.program_id, self.program);
        T::try_from_slice(&returned.data).expect("the answer decodes")
    }
}

pub fn can_mint(world: &World, owner: &Pubkey, amount: u64) -> CanMint {
    let listed = &world.listed.accounts;
    let (policy, wallet_record) = world.registration_of(owner);
    let accounts = issuer::accounts::CanMint {
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        owner_limits: None,
        policy,
        wallet_record,
    };
    let args = CanMintArgs { owner: *owner, amount };
    Call::new(accounts, issuer::instruction::CanMint { args })
}

pub fn can_redeem(world: &World, owner: &Pubkey, id: u64, amount: u64) -> CanRedeem {
    let listed = &world.listed.accounts;
    let (policy, wallet_record) = world.registration_of(owner);
    let accounts = issuer::accounts::CanRedeem {
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        source: token_account(owner, &listed.mint),
        redemption: pda::redemption(&issuer::ID, &listed.mint, owner, id).0,
        policy,
        wallet_record,
    };
    let args = CanRedeemArgs { owner: *owner, id, amount };
    Call::new(accounts, issuer::instruction::CanRedeem { args })
}
