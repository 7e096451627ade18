//! What was announced is executed, in every mode, with the hook's accounts for the permanent delegate.

use crate::{MODES, shareholder};
use scrip_client::plans::{PlanError, execute_seizure};
use scrip_tests::{
    build::{Case, Officer},
    gate::Gated,
    vm::key,
    world::SHARE,
};
use solana_signer::Signer;

#[test]
fn a_seizure_moves_shares_to_an_account_that_it_makes() {
    for mode in MODES {
        let mut gated = Gated::new(mode);
        let alice = shareholder(&mut gated, mode, "alice");
        let heir = key("heir");
        gated.register(&heir.pubkey(), |_| {});
        let officer =
            Officer { wallet: gated.officer.insecure_clone(), role_grant: gated.officer_grant };
        gated.funded(&officer.wallet.pubkey());
        let case = Case::new(&officer, &alice.pubkey(), &heir.pubkey());
        let (issuer, mint, operator) = (gated.issuer(), gated.mint(), officer.wallet.pubkey());
        let missing =
            execute_seizure(gated.planner(), &issuer, &operator, &mint, &case.hash, false);
        assert!(matches!(missing, Err(PlanError::Missing { what: "the seizure", .. })));

        case.announced(&mut gated);
        case.ripen(&mut gated);
        let plan = execute_seizure(gated.planner(), &issuer, &operator, &mint, &case.hash, false);
        gated.run(&plan.unwrap(), &officer.wallet).unwrap();
        let left = [&alice, &heir].map(|owner| gated.balance(&owner.pubkey()));
        assert_eq!(left, [0, SHARE], "{}", mode.name());
    }
}
