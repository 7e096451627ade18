//! Address lookup tables: a transaction names an account by a byte instead of 32. For what anybody sends
//! often and what does not fit otherwise, like a trade for cash with its quorum's signatures.

use solana_address::Address;
use solana_address_lookup_table_interface::instruction::{
    create_lookup_table, extend_lookup_table,
};
use solana_instruction::Instruction;

/// So that a transaction stays small enough.
const ADDRESSES_PER_EXTENSION: usize = 20;

/// A table that is still to be made.
#[derive(Clone, Debug)]
pub struct NewTable {
    pub address: Address,
    /// Without repetitions, in the order in which they were given.
    pub addresses: Vec<Address>,
    /// One list of instructions a transaction, to be sent in this order. The table can be used from
    /// the slot after the last one on.
    pub transactions: Vec<Vec<Instruction>>,
}

/// Makes a table of addresses. `payer` is its authority too; `recent_slot` is one that the SlotHashes
/// sysvar knows.
pub fn new_table(payer: &Address, recent_slot: u64, addresses: &[Address]) -> NewTable {
    let mut distinct: Vec<Address> = Vec::with_capacity(addresses.len());
    for address in addresses {
        if !distinct.contains(address) {
            distinct.push(*address);
        }
    }
    let (create, address) = create_lookup_table(*payer, *payer, recent_slot);
    let extensions = distinct
        .chunks(ADDRESSES_PER_EXTENSION)
        .map(|some| vec![extend_lookup_table(address, *payer, Some(*payer), some.to_vec())]);
    let mut transactions: Vec<_> = extensions.collect();
    match transactions.first_mut() {
        Some(first) => first.insert(0, create),
        None => transactions.push(vec![create]),
    }
    NewTable { address, addresses: distinct, transactions }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_made_with_its_first_addresses_and_holds_each_once() {
        let payer = Address::new_from_array([1; 32]);
        let addresses: Vec<_> = (0..45u8).map(|n| Address::new_from_array([n / 2; 32])).collect();
        let table = new_table(&payer, 7, &addresses);
        assert_eq!(table.addresses.len(), 23);
        let counts: Vec<_> = table.transactions.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 1]);
        assert_eq!(new_table(&payer, 7, &[]).transactions.len(), 1);
    }
}
