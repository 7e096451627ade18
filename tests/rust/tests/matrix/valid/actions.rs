//! Corporate actions, by a quorum and by the role.

use super::{OURS, Valid, attested};
use scrip_tests::{
    build::{
        WINDOW, announce_action, announce_action_by, cancel_action, cancel_action_by, close_action,
        schedule_action, split,
    },
    world::{SHARE, World},
};
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("announce_action", || {
        let mut world = traded();
        let announce = announce_action(&mut world, split(2, 1));
        attested(world, announce)
    }),
    ("announce_action/role", || {
        let mut world = traded();
        let officer = world.action_officer();
        // A second one: the history is there.
        let at = world.vm.now() + WINDOW;
        world.schedule(split(3, 1), at);
        world.complete_action().expect(OURS);
        let announce = announce_action_by(&world, &officer.pubkey(), split(2, 1)).instruction();
        Valid::of(world.vm, announce, &[&officer])
    }),
    ("schedule_action", || {
        let mut world = traded();
        announce_action(&mut world, split(2, 1)).send(&mut world).expect(OURS);
        let at = world.vm.now() + WINDOW;
        let schedule = schedule_action(&mut world, at);
        attested(world, schedule)
    }),
    ("cancel_action", || {
        let mut world = scheduled();
        let cancel = cancel_action(&mut world);
        attested(world, cancel)
    }),
    ("cancel_action/role", || {
        let mut world = traded();
        let officer = world.action_officer();
        let at = world.vm.now() + WINDOW;
        world.schedule(split(2, 1), at);
        let cancel = cancel_action_by(&world, &officer.pubkey()).instruction();
        Valid::of(world.vm, cancel, &[&officer])
    }),
    ("close_action", || {
        let mut world = scheduled();
        let ends =
            world.ticker().action_effective_at + i64::from(world.ticker().window().after_secs);
        world.vm.set_time(ends);
        let close = close_action(&world).instruction();
        Valid::of(world.vm, close, &[])
    }),
];

fn traded() -> World {
    let mut world = World::new();
    world.holder("alice", SHARE);
    world
}

fn scheduled() -> World {
    let mut world = traded();
    let at = world.vm.now() + WINDOW;
    world.schedule(split(2, 1), at);
    world
}
