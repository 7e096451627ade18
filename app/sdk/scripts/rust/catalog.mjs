// The Rust catalog of a program: its instructions, accounts, events and errors, by the bytes that they
// begin with, each with the function that decodes it.
import { getAllInstructionsWithSubs, isNode, pascalCase, resolveNestedTypeNode, snakeCase } from 'codama';

import { adviceFor } from './advice.mjs';

export function catalog(program) {
  const { accounts, events = [], errors } = program;
  const instructions = getAllInstructionsWithSubs(program, { leavesOnly: true });
  return `//! Made by app/sdk/scripts/rust/catalog.mjs: what the program's bytes mean. Not to be edited.

use crate::catalog::{AccountEntry, AccountRole, ErrorEntry, EventEntry, InstructionEntry, Program, value};

/// All that the program reads, keeps and says.
pub const PROGRAM: Program = Program {
    name: ${text(program.name)},
    id: scrip_interface::ids::${snakeCase(program.name).toUpperCase()},
    instructions: &[${instructions.map(instruction).join('\n')}],
    accounts: &[${accounts.map(account).join('\n')}],
    events: &[${events.map((node) => event(program.name, node)).join('\n')}],
    errors: &[${errors.map((node) => error(program.name, node)).join('\n')}],
};
${accounts.map(accountTrait).join('\n')}
`;
}

const text = (words) => JSON.stringify(words);
const docs = (node) => text((node.docs ?? []).filter(Boolean).join(' '));
const bytes = (values) => `&[${values.join(', ')}]`;

function instruction(node) {
  const given = node.arguments.filter(({ defaultValueStrategy }) => defaultValueStrategy !== 'omitted');
  const args = given.length ? `super::instructions::${pascalCase(node.name)}InstructionArgs` : '()';
  const roles = node.accounts.map(
    ({ name, isWritable, isSigner, isOptional }) =>
      `AccountRole { name: ${text(snakeCase(name))}, writable: ${!!isWritable}, signer: ${!!isSigner}, optional: ${!!isOptional} }`,
  );
  return `InstructionEntry {
    name: ${text(snakeCase(node.name))},
    docs: ${docs(node)},
    discriminator: ${bytes(discriminator(node.arguments, node))},
    accounts: &[${roles.join(', ')}],
    args: value::<${args}>,
  },`;
}

function account(node) {
  const type = `super::accounts::${pascalCase(node.name)}`;
  return `AccountEntry { name: ${text(pascalCase(node.name))}, discriminator: ${accountDiscriminator(node)}, value: value::<${type}> },`;
}

function accountTrait(node) {
  const type = `super::accounts::${pascalCase(node.name)}`;
  return `
impl crate::accounts::Account for ${type} {
    const NAME: &'static str = ${text(pascalCase(node.name))};
    const DISCRIMINATOR: &'static [u8] = ${accountDiscriminator(node)};
    const PROGRAM: &'static Program = &PROGRAM;
}`;
}

/** Which account's stream an event is in, by what it says first after its number. */
const STREAMS = {
  issuer: (subject) => (subject === 'mint' ? 'ticker' : 'issuer'),
  gate: (subject) => subject,
  // Only observations are too many for the curator.
  collateral: (_, name) => (name === 'priceObserved' ? 'feed' : 'curator'),
};

function event(program, node) {
  const [{ constant }] = node.discriminators;
  const type = `super::types::${pascalCase(node.name)}`;
  const [, subject] = resolveNestedTypeNode(node.data).fields;
  const stream = STREAMS[program](subject.name, node.name);
  return `EventEntry { name: ${text(pascalCase(node.name))}, docs: ${docs(node)}, discriminator: ${bytes(constantBytes(constant.value))}, stream: ${text(stream)}, value: value::<${type}> },`;
}

function error(program, { name, code, message }) {
  const advice = adviceFor(program, pascalCase(name));
  return `ErrorEntry { code: ${code}, name: ${text(pascalCase(name))}, message: ${text(message)}, advice: ${advice ? `Some(${text(advice)})` : 'None'} },`;
}

const accountDiscriminator = (node) => bytes(discriminator(resolveNestedTypeNode(node.data).fields, node));

function discriminator(fields, node) {
  const { defaultValue } = fields.find(({ name }) => name === node.discriminators[0].name);
  return isNode(defaultValue, 'numberValueNode') ? [defaultValue.number] : constantBytes(defaultValue);
}

function constantBytes(value) {
  if (!isNode(value, 'bytesValueNode') || value.encoding !== 'base16') {
    throw new Error(`a discriminator that is no hex: ${JSON.stringify(value)}`);
  }
  return [...Buffer.from(value.data, 'hex')];
}
