//! Bytes that others read: accounts, instructions, error numbers.

use lender::error::LenderError;
use scrip_interface::lender::{
    Collateral, LenderAccount, LenderInstruction, Market, Position, Supplier,
};
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, USD, market_terms, terms},
    vm::START,
};

fn at<const N: usize>(data: &[u8], offset: usize) -> [u8; N] {
    data[offset..offset + N].try_into().unwrap()
}

fn fits<T: LenderAccount>(bank: &Bank, address: &solana_pubkey::Pubkey) -> Vec<u8> {
    let account = bank.feeds.vm.account(address).unwrap();
    assert_eq!(account.data.len(), T::LEN);
    assert_eq!(at::<8>(&account.data, 0), T::KIND);
    assert_eq!(account.data[8], 1);
    let body = borsh::to_vec(&T::read(&account.data).unwrap()).unwrap();
    assert_eq!(body, account.data[9..], "nothing is left over");
    let mut other = account.data.clone();
    other[8] = 2;
    assert!(T::read(&other).is_none(), "a layout of another version");
    account.data
}

#[test]
fn accounts_are_laid_out_as_documented() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let (alice, bob) = (bank.person("alice", 1_000), bank.holder("bob", &stock, 5 * TOKEN));
    bank.supply(&alice, 1_000 * USD).unwrap();
    bank.deposit(&bob, &stock, 5 * TOKEN).unwrap();
    bank.borrow(&bob, 200 * USD, &[stock]).unwrap();

    let data = fits::<Market>(&bank, &bank.cash.market);
    assert_eq!(data.len(), 273);
    assert_eq!(at::<32>(&data, 50), bank.cash.mint.to_bytes());
    assert_eq!(i64::from_le_bytes(at(&data, 161)), START);
    let words = [169, 177, 185, 193, 201].map(|offset| u64::from_le_bytes(at(&data, offset)));
    assert_eq!(words, [1_000_000_000_000_000, 200 * USD, 800 * USD, 1_000 * USD, 0]);

    let data = fits::<Collateral>(&bank, &stock.of.collateral);
    assert_eq!(data.len(), 257);
    assert_eq!(at::<32>(&data, 42), stock.of.mint.to_bytes());
    assert_eq!(at::<32>(&data, 139), stock.terms.config_hash);
    assert_eq!(u64::from_le_bytes(at(&data, 185)), 5 * TOKEN);

    let data = fits::<Position>(&bank, &bank.position_of(&bob));
    assert_eq!(data.len(), 314);
    assert_eq!(u64::from_le_bytes(at(&data, 74)), 200 * USD);
    assert_eq!(at::<32>(&data, 82), stock.of.collateral.to_bytes());
    assert_eq!(u64::from_le_bytes(at(&data, 114)), 5 * TOKEN);

    let data = fits::<Supplier>(&bank, &bank.supplier_of(&alice));
    assert_eq!(data.len(), 114);
    assert_eq!(u64::from_le_bytes(at(&data, 74)), 1_000 * USD);
}

#[test]
fn instructions_keep_their_numbers() {
    use LenderInstruction as Ix;
    let hash = [7; 32];
    let all = [
        Ix::CreateMarket { id: 1, terms: market_terms() },
        Ix::AddCollateral { terms: terms(hash) },
        Ix::SetCollateral { terms: terms(hash) },
        Ix::Supply { amount: 1 },
        Ix::Redeem { shares: 1 },
        Ix::Deposit { raw: 1 },
        Ix::Withdraw { raw: 1 },
        Ix::Borrow { amount: 1 },
        Ix::Repay { max_amount: 1 },
        Ix::Liquidate { max_repaid: 1, min_seized: 2 },
    ];
    for (number, instruction) in all.iter().enumerate() {
        assert_eq!(usize::from(borsh::to_vec(instruction).unwrap()[0]), number);
    }
    let liquidate = borsh::to_vec(&all[9]).unwrap();
    assert_eq!(liquidate, [9, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(borsh::to_vec(&all[1]).unwrap().len(), 1 + 32 + 6 + 8);
}

#[test]
fn errors_keep_their_numbers() {
    assert_eq!(LenderError::InstructionInvalid as u32, 8_000);
    assert_eq!(LenderError::TermsInvalid as u32, 8_012);
    assert_eq!(LenderError::NotAllowed as u32, 8_024);
    assert_eq!(LenderError::SeizedTooLittle as u32, 8_029);
}
