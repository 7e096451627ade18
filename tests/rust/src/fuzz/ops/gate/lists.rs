//! Lists of the accounts that a hook and Token ACL need.

use super::*;

fn lister(arena: &Arena, rng: &mut Rng, issuer: &Pubkey) -> Option<Operator> {
    if *issuer == arena.issuer() {
        return operator(arena, rng, ROLE_LIST | ROLE_COMPLIANCE);
    }
    Some(Operator { wallet: *issuer, role_grant: None, refusals: Refusals::none() })
}

pub fn hook_list(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let any = rng.percent(5);
    let bare = |mint: &Pubkey, it: &PolicyState| {
        any || it.hook_list.is_none() && arena.model.is_hooked(mint)
    };
    let (mint, it) = rng.one(arena.model.policies.iter().filter(|(mint, it)| bare(mint, it)))?;
    let by = lister(arena, rng, &it.issuer)?;
    let mut refusals = by.refusals;
    refusals.unless_code(it.hook_list.is_none(), code::ALREADY_IN_USE);
    let accounts = gate::accounts::InitializeExtraAccountMetas {
        payer: payer(arena, rng),
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: it.issuer,
        mint: *mint,
        policy: policy_of(mint),
        list: gate_pda::hook_metas(&gate::ID, mint).0,
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let (mint, made) = (*mint, call(accounts, gate::instruction::InitializeExtraAccountMetas {}));
    let plan = Plan::new("gate/initialize_extra_account_metas", made, refusals);
    Some(plan.then(move |model, _| brought_in_line(model, &mint)))
}

fn brought_in_line(model: &mut Model, mint: &Pubkey) {
    let it = model.policies.get_mut(mint).expect("a known policy");
    it.hook_list = Some(it.checks_source());
}

/// Anybody brings a list in line; where it is, nothing comes of it.
pub fn update_hook_list(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let any = rng.percent(20);
    let behind =
        |it: &PolicyState| it.hook_list.is_some_and(|it_| any || it_ != it.checks_source());
    let (mint, _) = rng.one(arena.model.policies.iter().filter(|(_, it)| behind(it)))?;
    let accounts = gate::accounts::UpdateExtraAccountMetas {
        mint: *mint,
        policy: policy_of(mint),
        list: gate_pda::hook_metas(&gate::ID, mint).0,
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let (mint, made) = (*mint, call(accounts, gate::instruction::UpdateExtraAccountMetas {}));
    let plan = Plan::new("gate/update_extra_account_metas", made, Refusals::none());
    Some(plan.then(move |model, _| brought_in_line(model, &mint)))
}

pub fn acl_lists(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let any = rng.percent(10);
    let bare = arena.model.policies.iter().filter(|(_, it)| any || !it.acl_lists);
    let (mint, it) = rng.one(bare)?;
    let by = lister(arena, rng, &it.issuer)?;
    let mut refusals = by.refusals;
    refusals.unless_code(!it.acl_lists, code::ALREADY_IN_USE);
    let accounts = gate::accounts::InitializeTokenAclMetas {
        payer: payer(arena, rng),
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: it.issuer,
        mint: *mint,
        policy: policy_of(mint),
        thaw_list: gate_pda::thaw_metas(&gate::ID, mint).0,
        freeze_list: gate_pda::freeze_metas(&gate::ID, mint).0,
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let (mint, made) = (*mint, call(accounts, gate::instruction::InitializeTokenAclMetas {}));
    let plan = Plan::new("gate/initialize_token_acl_metas", made, refusals);
    Some(plan.then(move |model, _| {
        model.policies.get_mut(&mint).expect("a known policy").acl_lists = true;
    }))
}
