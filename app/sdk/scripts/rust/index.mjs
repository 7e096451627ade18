// Renders a program's Rust client into app/client/src/generated: Codama's renderer, less what a client
// has no use for, and a catalog of all that can be decoded by its first bytes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { getRenderMapVisitor } from '@codama/renderers-rust';
import { bottomUpTransformerVisitor, definedTypeNode, programNode, resolveNestedTypeNode, snakeCase } from 'codama';

import { calls } from './calls.mjs';
import { catalog } from './catalog.mjs';

/** A native program's instructions are called by what the interface has for them. */
const hasCalls = (program) => program !== 'lender';

const crate = fileURLToPath(new URL('../../../client', import.meta.url));
export const rustGenerated = `${crate}/src/generated`;

/** Files of the renderer that have no place in one crate for four programs without an RPC of its own. */
const LEFT_OUT = ['programs.rs', 'shared.rs'];

const TRAITS = [
  'borsh::BorshSerialize',
  'borsh::BorshDeserialize',
  'serde::Serialize',
  'Clone',
  'Debug',
  'Eq',
  'PartialEq',
];

export function renderRust(program, codama) {
  const folder = `${rustGenerated}/${program}`;
  rmSync(folder, { recursive: true, force: true });
  // Events are types like others: which they are, the catalog says.
  codama.update(
    bottomUpTransformerVisitor([
      { select: '[programNode]', transform: (node) => programNode({ ...node, definedTypes: withEvents(node) }) },
    ]),
  );
  const { program: node } = codama.getRoot();
  const rendered = codama.accept(
    getRenderMapVisitor({
      anchorTraits: false,
      dependencyMap: {
        generatedAccounts: `crate::generated::${program}::accounts`,
        generatedTypes: `crate::generated::${program}::types`,
        generatedErrors: `crate::generated::${program}::errors`,
      },
      traitOptions: { useFullyQualifiedName: true, baseDefaults: TRAITS },
    }),
  );
  const write = (path, text) => {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
    writeFileSync(`${folder}/${path}`, text);
  };
  for (const [path, { content }] of rendered) {
    if (!LEFT_OUT.includes(path)) write(path, reworked(program, path, content));
  }
  write('catalog.rs', catalog(node));
  if (hasCalls(program)) write('calls.rs', calls(node));
}

export function formatRust() {
  const { status, stderr } = spawnSync(process.env.CARGO ?? 'cargo', ['fmt', '--package', 'scrip-client'], {
    cwd: crate,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cargo fmt could not format the Rust client:\n${stderr}`);
}

function withEvents({ definedTypes, events = [] }) {
  const types = events.map(({ name, data, docs }) =>
    definedTypeNode({ name, docs, type: resolveNestedTypeNode(data) }),
  );
  return [...definedTypes, ...types];
}

/** What no option of the renderer says. */
function reworked(program, path, content) {
  let text = content;
  if (path === 'mod.rs') {
    // Program ids are configuration, and stand in scrip-interface.
    text = text
      .replace('pub mod programs;', `${hasCalls(program) ? 'pub mod calls;\n' : ''}pub mod catalog;`)
      .replace('pub mod shared;', '')
      .replace('pub(crate) use programs::*;', '');
  } else if (path.startsWith('instructions/')) {
    // Neither calls from programs, nor a builder that panics over a missing account.
    text = text.split('/// Instruction builder for')[0];
  } else if (path.startsWith('accounts/')) {
    text = text
      .split("impl<'a> TryFrom<&solana_account_info")[0]
      .replace('Self::deserialize(&mut data)', 'borsh::BorshDeserialize::deserialize(&mut data)');
  } else if (path.startsWith('errors/')) {
    text = text.replace(/impl From<.*$/s, '');
  }
  return withSerde(
    text.replaceAll(`crate::${snakeCase(program).toUpperCase()}_ID`, `scrip_interface::ids::${program.toUpperCase()}`),
  );
}

/** Fields that say nothing to a reader, and those whose bytes are letters. */
const SKIPPED = /^(discriminator|reserved|\w*padding\d*)$/;
const TEXTS = /^(symbol|underlying|isin|mic)$/;

/** How each field is serialised: the renderer's own attributes leave instruction arguments out. */
function withSerde(content) {
  const bare = content.replace(/^\s*#\[serde\(.*\)\]\n/gm, '');
  return bare.replace(/^(\s*)((?:pub )?(\w+): (.+)),$/gm, (line, indent, field, name, type) => {
    if (/^\[?\d/.test(type)) return line; // A value, not a type.
    const attribute = SKIPPED.test(name) ? 'skip' : serdeWith(name, type);
    return attribute ? `${indent}#[serde(${attribute})]\n${indent}${field},` : line;
  });
}

function serdeWith(name, type) {
  if (TEXTS.test(name) && /^\[u8; ?\d+\]$/.test(type)) return 'with = "crate::catalog::padded_text"';
  const as = serdeAs(type);
  return as === SAME ? undefined : `with = "serde_with::As::<${as}>"`;
}

const SAME = 'serde_with::Same';

/** Keys as base58, bytes as hex; arrays of any length, of which serde knows those up to 32. */
function serdeAs(type) {
  // JSON's values here hold no number beyond 64 bits.
  if (type === 'Address' || type === 'u128') return 'serde_with::DisplayFromStr';
  if (/^(Vec<u8>|\[u8; ?\d+\])$/.test(type)) return 'serde_with::hex::Hex';
  const [, wrapper, inner] = /^(Vec|Option)<(.+)>$/.exec(type) ?? [];
  if (wrapper) return serdeAs(inner) === SAME ? SAME : `${wrapper}<${serdeAs(inner)}>`;
  const [, element, length] = /^\[(.+); ?(\d+)\]$/.exec(type) ?? [];
  if (!element || (serdeAs(element) === SAME && Number(length) <= 32)) return SAME;
  return `[${serdeAs(element)}; ${length}]`;
}
