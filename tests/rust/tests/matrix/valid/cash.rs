//! Cash desks, with coins of either token program.

use super::{
    Valid, by_admin,
    governance::{doubled, ripe},
    shares::limited,
    signed_by,
};
use issuer::state::Change;
use scrip_tests::{
    build::{
        DOLLAR, Desk, OUTFLOW, Redeem, Stablecoin, Subscribe, fund_cash_desk, open_cash_desk,
        set_desk_limit, set_price_band, withdraw_cash,
    },
    vm::key,
    world::World,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("open_cash_desk", || opening(classic)),
    ("open_cash_desk/token_2022", || opening(token_2022)),
    ("set_desk_limit", || {
        let mut world = World::new();
        let desk = Desk::classic(&mut world);
        let outflow = doubled(OUTFLOW);
        let mut call = set_desk_limit(&world, &desk, outflow);
        let change = Change::SetDeskLimit { desk: desk.address, outflow };
        call.accounts.announcement = Some(ripe(&mut world, change));
        by_admin(world, call.instruction())
    }),
    ("fund_cash_desk", || funding(classic)),
    ("fund_cash_desk/token_2022", || funding(token_2022)),
    ("withdraw_cash", || withdrawal(classic)),
    ("withdraw_cash/token_2022", || withdrawal(token_2022)),
    ("set_price_band", || {
        let mut world = World::new();
        let desk = Desk::classic(&mut world);
        let call = set_price_band(&world, &desk).instruction();
        Valid::of(world.vm, call, &[&desk.operator])
    }),
    ("subscribe_for_cash", || subscription(classic)),
    ("subscribe_for_cash/token_2022", || subscription(token_2022)),
    ("redeem_for_cash", || redemption(classic)),
    ("redeem_for_cash/token_2022", || redemption(token_2022)),
];

type Coin = fn(&mut World) -> Stablecoin;

fn classic(world: &mut World) -> Stablecoin {
    Stablecoin::classic(&mut world.vm, "dollar")
}

fn token_2022(world: &mut World) -> Stablecoin {
    Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![])
}

fn open(coin: Coin) -> (World, Desk) {
    let mut world = World::new();
    let coin = coin(&mut world);
    let desk = Desk::open(&mut world, coin);
    (world, desk)
}

fn opening(coin: Coin) -> Valid {
    let mut world = World::new();
    let coin = coin(&mut world);
    let open = open_cash_desk(&world, &coin, OUTFLOW).instruction();
    by_admin(world, open)
}

fn funding(coin: Coin) -> Valid {
    let (mut world, desk) = open(coin);
    let sponsor = key("sponsor");
    desk.coin.give(&mut world.vm, &sponsor.pubkey(), DOLLAR);
    let fund = fund_cash_desk(&desk, &sponsor.pubkey(), DOLLAR).instruction();
    Valid::of(world.vm, fund, &[&sponsor])
}

fn withdrawal(coin: Coin) -> Valid {
    let (mut world, desk) = open(coin);
    let destination = desk.coin.open_account(&mut world.vm, &key("bank").pubkey());
    let change = Change::WithdrawCash { desk: desk.address, destination, amount: DOLLAR };
    let grant = Some(desk.role_grant);
    let announcement = world.announce_by(&desk.operator, grant, change);
    world.ripen(&announcement);
    let withdraw = withdraw_cash(&desk, &destination, DOLLAR, Some(announcement));
    Valid::of(world.vm, withdraw.instruction(), &[&desk.operator])
}

/// An open desk of a ticker that wants registration and limits each owner; Alice has shares and coins.
fn trading(coin: Coin) -> (World, Desk, Pubkey, Pubkey) {
    let (mut world, alice, limits) = limited();
    let coin = coin(&mut world);
    let desk = Desk::open(&mut world, coin);
    desk.coin.give(&mut world.vm, &alice, 1_000 * DOLLAR);
    (world, desk, alice, limits)
}

fn subscription(coin: Coin) -> Valid {
    let (mut world, desk, alice, limits) = trading(coin);
    let mut call = Subscribe::new(&mut world, &desk, &alice);
    call.accounts.owner_limits = Some(limits);
    signed_by(world, call.instruction(), &call.body(), &call.signers, &[&key("alice")])
}

fn redemption(coin: Coin) -> Valid {
    let (mut world, desk, alice, limits) = trading(coin);
    let mut call = Redeem::new(&mut world, &desk, &alice);
    call.accounts.owner_limits = Some(limits);
    signed_by(world, call.instruction(), &call.body(), &call.signers, &[&key("alice")])
}
