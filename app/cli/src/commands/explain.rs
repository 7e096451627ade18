use crate::{
    context::Context,
    exit::{Failure, Result},
    output::{Cell, Page},
    units,
};
use scrip_client::{
    explain::{Explained, Field, Published, explain},
    refusal::Refusal,
    rpc::Executed,
};
use serde_json::{Map, Value, json};
use solana_signature::Signature;

#[derive(clap::Args)]
pub struct Args {
    /// Signature of the transaction
    signature: String,
    /// Also what the programs logged
    #[arg(long)]
    logs: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let signature: Signature = args.signature.parse().map_err(|_| {
        Failure::usage(format!("\"{}\" is no signature: 64 bytes in base58", args.signature))
    })?;
    let chain = &context.chain()?.0;
    let executed = chain.transaction(&signature)?;
    let explained = explain(&executed.calls, &chain.programs);
    let mut page = Page::new();
    page.field("signature", signature.to_string()).field("slot", executed.slot);
    page.field("time", executed.time.map_or_else(Cell::none, units::time));
    page.field("fee_lamports", executed.fee_lamports);
    page.field("compute_units", executed.compute_units);
    outcome(&mut page, &executed);
    let lines = explained.iter().flat_map(lines).collect();
    page.told("instructions", lines, explained.iter().map(object).collect());
    if args.logs {
        page.lines("logs", executed.logs);
    }
    Ok(page)
}

/// Whether it landed, or the error by its name, with what to do about it.
fn outcome(page: &mut Page, executed: &Executed) {
    let Err(error) = &executed.outcome else {
        page.field("outcome", "landed");
        return;
    };
    let refusal = Refusal::new(error.clone(), executed.logs.clone());
    let name = refusal.entry().map(|entry| entry.name);
    let json = json!({
        "error": name,
        "code": refusal.code().map(|(code, _)| code),
        "instruction": refusal.code().map(|(_, index)| index + 1),
        "message": refusal.to_string(),
        "advice": refusal.advice(),
    });
    let place = refusal.code().map(|(_, index)| format!("instruction {}: ", index + 1));
    page.field(
        "outcome",
        Cell::new(format!("failed: {}{refusal}", place.unwrap_or_default()), json),
    );
    if let Some(advice) = refusal.advice() {
        page.note(advice);
    }
}

/// For people: the instruction, then its accounts and arguments, then its events.
fn lines(one: &Explained) -> Vec<String> {
    let margin = "  ".repeat(one.depth.saturating_sub(1) as usize);
    let mut lines = vec![format!("{margin}{} {}", one.program, one.name)];
    if !one.summary.is_empty() {
        lines.push(format!("{margin}  {}", one.summary));
    }
    // What other programs were called with is told by who called them.
    if one.depth == 1 || !one.summary.is_empty() {
        let known = one.accounts.iter().filter_map(|(role, address)| Some(((*role)?, address)));
        lines.extend(known.map(|(role, address)| format!("{margin}    {role:<24} {address}")));
    }
    lines.extend(one.arguments.iter().map(|field| format!("{margin}    {}", argument(field))));
    lines.extend(one.events.iter().flat_map(|event| event_lines(&margin, event)));
    lines
}

fn event_lines(margin: &str, event: &Published) -> Vec<String> {
    let of = event.stream.map(|stream| format!(" of {stream}")).unwrap_or_default();
    let mut lines = vec![format!("{margin}  -> {}, event {}{of}", event.name, event.sequence)];
    lines.extend(event.fields.iter().map(|field| format!("{margin}    {}", argument(field))));
    lines
}

fn argument(Field { name, text }: &Field) -> String {
    format!("{name:<24} {text}")
}

/// For programs.
fn object(one: &Explained) -> Value {
    let accounts = one
        .accounts
        .iter()
        .map(|(role, address)| json!({ "role": role, "address": address.to_string() }));
    let events = one.events.iter().map(|event| {
        json!({
            "name": event.name,
            "sequence": event.sequence.to_string(),
            "stream": event.stream.map(|stream| stream.to_string()),
            "fields": named(&event.fields),
        })
    });
    json!({
        "program": one.program,
        "name": one.name,
        "summary": one.summary,
        "depth": one.depth,
        "accounts": accounts.collect::<Vec<_>>(),
        "arguments": named(&one.arguments),
        "events": events.collect::<Vec<_>>(),
    })
}

fn named(fields: &[Field]) -> Map<String, Value> {
    fields.iter().map(|field| (field.name.clone(), field.text.clone().into())).collect()
}
