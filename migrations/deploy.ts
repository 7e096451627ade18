/** A program's code on its way: written into a buffer, from wherever the last run stopped, then deployed. */
import type { Address, TransactionSigner } from '@solana/kit';
import { waitForNextSlot } from '@scrip/sdk';

import {
  createBufferPlan,
  deployPlan,
  extendPlan,
  fetchBuffer,
  findBuffer,
  sameCode,
  setAuthorityPlan,
  upgradePlan,
  WRITE_LENGTH,
  writePlan,
  type ProgramOnChain,
} from './loader.ts';
import { submit, submitAll, type Sender } from './send.ts';

/** A first deployment: the program's key signs once, and is worth nothing afterwards. */
export async function deploy(
  sender: Sender,
  what: string,
  program: TransactionSigner,
  code: Uint8Array,
): Promise<void> {
  const { cluster, admin } = sender;
  const buffer = await fillBuffer(sender, what, code);
  await submit(sender, what, await deployPlan(cluster.rpc, admin, program, buffer, code.length));
}

/** The sender is the upgrade authority. */
export async function upgrade(
  sender: Sender,
  what: string,
  program: Address,
  onChain: ProgramOnChain,
  code: Uint8Array,
): Promise<void> {
  const buffer = await fillBuffer(sender, what, code);
  await extend(sender, what, program, onChain, code);
  await submit(sender, what, upgradePlan(program, onChain, sender.admin, buffer));
}

/** All of an upgrade but the upgrade: a buffer that belongs to the upgrade authority, whose turn it then is. */
export async function stage(
  sender: Sender,
  what: string,
  program: Address,
  onChain: ProgramOnChain & { authority: Address },
  code: Uint8Array,
): Promise<Address> {
  const { cluster, admin } = sender;
  const { address } = await findBuffer(admin.address, code);
  const there = await fetchBuffer(cluster.rpc, address);
  await extend(sender, what, program, onChain, code);
  if (there?.authority === onChain.authority && sameCode(there.code, code)) return address;
  await fillBuffer(sender, what, code);
  await submit(sender, what, setAuthorityPlan(address, admin, onChain.authority));
  return address;
}

async function extend(sender: Sender, what: string, program: Address, onChain: ProgramOnChain, code: Uint8Array) {
  const plan = extendPlan(program, onChain, sender.admin, code.length);
  if (plan.length === 0) return;
  await submit(sender, what, plan);
  // A program is changed once in a slot.
  await waitForNextSlot(sender.cluster);
}

/** Makes the buffer if it is not there, and writes what it lacks. */
async function fillBuffer(sender: Sender, what: string, code: Uint8Array): Promise<Address> {
  const { cluster, admin } = sender;
  const { address } = await findBuffer(admin.address, code);
  const there = await fetchBuffer(cluster.rpc, address);
  if (there === undefined) {
    await submit(sender, `buffer of ${what}`, await createBufferPlan(cluster.rpc, admin, code));
  } else if (there.authority !== admin.address) {
    throw new Error(
      `the buffer ${address} of ${what} belongs to ${there.authority ?? 'nobody'}: it is theirs to use or close.`,
    );
  }
  const written = there?.code ?? new Uint8Array(code.length);
  const offsets = Array.from({ length: Math.ceil(code.length / WRITE_LENGTH) }, (_, i) => i * WRITE_LENGTH);
  const part = (bytes: Uint8Array, offset: number) => bytes.subarray(offset, offset + WRITE_LENGTH);
  const missing = offsets.filter((offset) => Buffer.compare(part(written, offset), part(code, offset)) !== 0);
  await submitAll(
    sender,
    missing.map((offset) => ({
      what: `${what}, bytes from ${offset}`,
      plan: async () => writePlan(address, admin, offset, part(code, offset)),
    })),
    // Nothing to find out before: a thousand simulations would only double the load.
    { skipPreflight: true },
  );
  return address;
}
