// Events: the JavaScript renderer makes nothing of them. Each becomes a type with its codec, and `events.ts` of the
// program lists them all by the bytes that they begin with.
import { appendFileSync, writeFileSync } from 'node:fs';

import { definedTypeNode, pascalCase, resolveNestedTypeNode, rootNode, programNode } from 'codama';

/** The root with a defined type for each event: its fields, without the discriminator in front. */
export function withEventTypes(root) {
  const { program } = root;
  const types = (program.events ?? []).map(({ name, docs, data }) =>
    definedTypeNode({ name, docs, type: resolveNestedTypeNode(data) }),
  );
  const definedTypes = [...program.definedTypes, ...types];
  return rootNode(programNode({ ...program, definedTypes }), root.additionalPrograms);
}

/** Writes the list into the program's folder; nothing for a program without events. */
export function writeEvents(folder, { name, events = [] }) {
  if (events.length === 0) return;
  const types = events.map((event) => pascalCase(event.name));
  const lines = events.map((event) => {
    const type = pascalCase(event.name);
    return `  ${type}: { discriminator: '${discriminator(event)}', decoder: get${type}Decoder },`;
  });
  const text = `/** Made by app/sdk/scripts/events.mjs from the IDL: do not edit. */
import type { Decoder } from '@solana/kit';

import {
${types.map((type) => `  get${type}Decoder,\n  type ${type},`).join('\n')}
} from './types';

/** The program's events, by their names. */
export type ${pascalCase(name)}Events = {
${types.map((type) => `  ${type}: ${type};`).join('\n')}
};

/** The 8 bytes that each begins with, in hex, and what reads the rest. */
export const ${name.toUpperCase()}_EVENTS: {
  readonly [K in keyof ${pascalCase(name)}Events]: Readonly<{ discriminator: string; decoder: () => Decoder<${pascalCase(name)}Events[K]> }>;
} = {
${lines.join('\n')}
};
`;
  writeFileSync(`${folder}/events.ts`, text);
  appendFileSync(`${folder}/index.ts`, "export * from './events';\n");
}

function discriminator({ name, discriminators }) {
  const { value } = discriminators?.[0]?.constant ?? {};
  if (value?.kind !== 'bytesValueNode' || value.encoding !== 'base16') throw new Error(`${name} has no discriminator.`);
  return value.data;
}
