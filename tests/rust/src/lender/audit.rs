//! What must hold of a market after every instruction.

use super::{Bank, Stock};
use scrip_interface::lender::{Position, Supplier};
use scrip_math::lending::{DebtUnits, PoolShares};
use solana_keypair::Keypair;

impl Bank {
    /// The books against the vaults, and the whole against its parts. `people` and `stocks` are all
    /// there are.
    pub fn audit(&self, people: &[&Keypair], stocks: &[Stock]) {
        let market = self.market();
        assert_eq!(self.balance(&self.cash.vault), market.cash, "cash");
        let positions: Vec<Position> =
            people.iter().filter_map(|person| self.read(&self.position_of(person))).collect();
        let suppliers: Vec<Supplier> =
            people.iter().filter_map(|person| self.read(&self.supplier_of(person))).collect();
        let units: u64 = positions.iter().map(|position| position.debt_units).sum();
        assert_eq!(units, market.debt_units, "debts");
        let shares: u64 = suppliers.iter().map(|supplier| supplier.shares).sum();
        assert_eq!(shares, market.shares, "shares");
        for stock in stocks {
            let collateral = self.collateral(stock);
            let held = positions.iter().filter_map(|one| one.holding(&stock.of.collateral));
            let held: u64 = held.map(|holding| holding.raw).sum();
            assert_eq!(held, collateral.deposited, "holdings");
            assert_eq!(self.balance(&stock.of.vault), held, "collateral vault");
        }
        self.solvent(&positions, &suppliers);
    }

    /// All suppliers together are promised no more than there is and is owed; all debtors together
    /// owe no less than the pool counts on.
    fn solvent(&self, positions: &[Position], suppliers: &[Supplier]) {
        let market = self.market();
        let counted = DebtUnits(market.debt_units).owed_floor(market.index()).expect("it fits").0;
        let owed: u64 = positions.iter().map(|one| market.debt_of(one).expect("it fits").0).sum();
        assert!(owed >= counted, "{owed} owed, {counted} counted on");
        let worth = |one: &Supplier| market.worth(PoolShares(one.shares)).expect("it fits").0;
        let promised: u64 = suppliers.iter().map(worth).sum();
        assert!(promised <= market.cash + counted, "{promised} promised of {market:?}");
    }
}
