use super::{event_authority, instruction, token_account};
use crate::{vm::Outcome, world::World};
use issuer::instructions::RequestRedemptionArgs;
use scrip_interface::{mint::TOKEN_2022, pda};
use solana_instruction::{AccountMeta, Instruction};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[derive(Clone)]
pub struct RequestRedemption {
    pub args: RequestRedemptionArgs,
    pub accounts: issuer::accounts::RequestRedemption,
    /// What the mint's transfer hook asks for.
    pub remaining: Vec<AccountMeta>,
}

impl RequestRedemption {
    pub fn new(world: &World, owner: &Pubkey, id: u64, amount: u64) -> Self {
        let listed = &world.listed.accounts;
        let (policy, wallet_record) = world.registration_of(owner);
        Self {
            args: RequestRedemptionArgs { id, amount },
            accounts: issuer::accounts::RequestRedemption {
                payer: world.vm.payer.pubkey(),
                owner: *owner,
                issuer: listed.issuer,
                ticker: listed.ticker,
                mint: listed.mint,
                redemption: pda::redemption(&issuer::ID, &listed.mint, owner, id).0,
                source: token_account(owner, &listed.mint),
                escrow_account: listed.escrow_account,
                policy,
                wallet_record,
                token_program: TOKEN_2022,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: issuer::ID,
            },
            remaining: vec![],
        }
    }

    pub fn instruction(&self) -> Instruction {
        let data = issuer::instruction::RequestRedemption { args: self.args };
        let mut made = instruction(&self.accounts, &data);
        made.accounts.extend(self.remaining.iter().cloned());
        made
    }

    pub fn send(&self, world: &mut World, owner: &Keypair) -> Outcome {
        world.vm.send(&[self.instruction()], &[owner])
    }
}
