/**
 * The upgradeable loader: its instructions and accounts, and a program's way on chain. Code goes into a
 * buffer account first, in a thousand writes, then all at once into the program.
 *
 * Source: solana-loader-v3-interface, `instruction.rs` and `state.rs`; integers are little-endian.
 */
import { createHash } from 'node:crypto';

import {
  AccountRole,
  address,
  createAddressWithSeed,
  getAddressDecoder,
  getAddressEncoder,
  getBase64Encoder,
  getProgramDerivedAddress,
  getU32Decoder,
  getU32Encoder,
  getU64Encoder,
  type AccountMeta,
  type AccountSignerMeta,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
  type TransactionSigner,
} from '@solana/kit';
import { getCreateAccountInstruction, getCreateAccountWithSeedInstruction } from '@solana-program/system';
import type { Rpc } from '@scrip/sdk';

import { CONFIRMED } from './read.ts';

export const LOADER_ADDRESS = address('BPFLoaderUpgradeab1e11111111111111111111111');
const SYSTEM_PROGRAM = address('11111111111111111111111111111111');
const RENT = address('SysvarRent111111111111111111111111111111111');
const CLOCK = address('SysvarC1ock11111111111111111111111111111111');

/** Tags of instructions. */
const Tag = { InitializeBuffer: 0, Write: 1, Deploy: 2, Upgrade: 3, SetAuthority: 4, Extend: 6 } as const;
/** Tags of accounts. */
const State = { Buffer: 1, Program: 2, ProgramData: 3 } as const;

/** Tag u32, then whether there is an authority u8, then the authority. */
const BUFFER_HEADER = 37;
/** Tag u32, slot u64, whether there is an authority u8, the authority. */
const PROGRAM_DATA_HEADER = 45;
/** Tag u32, address of the program's data. */
const PROGRAM_SPACE = 36n;
/** What a write's transaction has room for, with a compute-unit price. */
export const WRITE_LENGTH = 950;
/** The loader extends a program by no less. */
const LEAST_EXTENSION = 10_240;

/** A program as the chain has it; without an authority nobody can upgrade it. */
export type ProgramOnChain = Readonly<{ dataAddress: Address; authority: Address | undefined; code: Uint8Array }>;
/** A buffer as the chain has it. */
export type Buffered = Readonly<{ address: Address; authority: Address | undefined; code: Uint8Array }>;

/** The program at an address; undefined if nothing is there. Throws if it is none of the upgradeable loader. */
export async function fetchProgram(rpc: Rpc, program: Address): Promise<ProgramOnChain | undefined> {
  const account = await fetchAccount(rpc, program);
  if (account === undefined) return undefined;
  if (account.owner !== LOADER_ADDRESS || tagOf(account.data) !== State.Program) {
    throw new Error(`${program} is no program of the upgradeable loader.`);
  }
  const dataAddress = getAddressDecoder().decode(account.data, 4);
  const data = await fetchAccount(rpc, dataAddress);
  if (data === undefined || tagOf(data.data) !== State.ProgramData) {
    throw new Error(`the program ${program} has been closed: its address is lost.`);
  }
  return { dataAddress, authority: authorityAt(data.data, 12), code: data.data.slice(PROGRAM_DATA_HEADER) };
}

/** The buffer at an address; undefined if nothing is there. */
export async function fetchBuffer(rpc: Rpc, buffer: Address): Promise<Buffered | undefined> {
  const account = await fetchAccount(rpc, buffer);
  if (account === undefined) return undefined;
  if (account.owner !== LOADER_ADDRESS || tagOf(account.data) !== State.Buffer) {
    throw new Error(`${buffer} is no buffer of the upgradeable loader.`);
  }
  return { address: buffer, authority: authorityAt(account.data, 4), code: account.data.slice(BUFFER_HEADER) };
}

/** Where a program's code is kept. */
export async function findProgramData(program: Address): Promise<Address> {
  const seeds = [getAddressEncoder().encode(program)];
  return (await getProgramDerivedAddress({ programAddress: LOADER_ADDRESS, seeds }))[0];
}

/** A program's account is as long as it was made, with zeros behind its code. */
export function sameCode(onChain: Uint8Array, code: Uint8Array): boolean {
  return (
    onChain.length >= code.length &&
    Buffer.compare(onChain.subarray(0, code.length), code) === 0 &&
    onChain.subarray(code.length).every((byte) => byte === 0)
  );
}

/**
 * A buffer's address follows from who deploys and from the code: no key is needed for it, and a run after
 * a broken one finds what has been written.
 */
export async function findBuffer(
  base: Address,
  code: Uint8Array,
): Promise<Readonly<{ address: Address; seed: string }>> {
  const seed = createHash('sha256').update(code).digest('hex').slice(0, 32);
  return { address: await createAddressWithSeed({ baseAddress: base, programAddress: LOADER_ADDRESS, seed }), seed };
}

export async function createBufferPlan(
  rpc: Rpc,
  authority: TransactionSigner,
  code: Uint8Array,
): Promise<Instruction[]> {
  const buffer = await findBuffer(authority.address, code);
  const space = BigInt(BUFFER_HEADER + code.length);
  return [
    getCreateAccountWithSeedInstruction({
      payer: authority,
      newAccount: buffer.address,
      baseAccount: authority,
      base: authority.address,
      seed: buffer.seed,
      amount: await rentOf(rpc, space),
      space,
      programAddress: LOADER_ADDRESS,
    }),
    loader([writable(buffer.address), readonly(authority.address)], [u32(Tag.InitializeBuffer)]),
  ];
}

export function writePlan(
  buffer: Address,
  authority: TransactionSigner,
  offset: number,
  bytes: Uint8Array,
): Instruction[] {
  return [loader([writable(buffer), signer(authority)], [u32(Tag.Write), u32(offset), u64(bytes.length), bytes])];
}

/** Makes the program and gives it the buffer's code; the buffer's rent goes back to the authority. */
export async function deployPlan(
  rpc: Rpc,
  authority: TransactionSigner,
  program: TransactionSigner,
  buffer: Address,
  length: number,
): Promise<Instruction[]> {
  const accounts = [
    { ...signer(authority), role: AccountRole.WRITABLE_SIGNER as const },
    writable(await findProgramData(program.address)),
    writable(program.address),
    writable(buffer),
    readonly(RENT),
    readonly(CLOCK),
    readonly(SYSTEM_PROGRAM),
    signer(authority),
  ];
  const rent = { lamports: await rentOf(rpc, PROGRAM_SPACE), space: PROGRAM_SPACE };
  return [
    getCreateAccountInstruction({ payer: authority, newAccount: program, ...rent, programAddress: LOADER_ADDRESS }),
    loader(accounts, [u32(Tag.Deploy), u64(length)]),
  ];
}

/** Replaces the program's code by the buffer's, whose rent goes to the authority. */
export function upgradePlan(
  program: Address,
  { dataAddress }: ProgramOnChain,
  authority: TransactionSigner,
  buffer: Address,
): Instruction[] {
  const changed = [dataAddress, program, buffer, authority.address].map(writable);
  return [loader([...changed, readonly(RENT), readonly(CLOCK), signer(authority)], [u32(Tag.Upgrade)])];
}

/** Makes room in a program for longer code; none where there is enough. Anyone may pay for it. */
export function extendPlan(
  program: Address,
  { dataAddress, code }: ProgramOnChain,
  payer: TransactionSigner,
  length: number,
): Instruction[] {
  if (length <= code.length) return [];
  const more = Math.max(length - code.length, LEAST_EXTENSION);
  const accounts = [writable(dataAddress), writable(program), readonly(SYSTEM_PROGRAM)];
  return [loader([...accounts, { ...signer(payer), role: AccountRole.WRITABLE_SIGNER }], [u32(Tag.Extend), u32(more)])];
}

/** Gives a buffer, or a program's data, to another authority, who need not sign. */
export function setAuthorityPlan(account: Address, authority: TransactionSigner, next: Address): Instruction[] {
  return [loader([writable(account), signer(authority), readonly(next)], [u32(Tag.SetAuthority)])];
}

const u32 = (value: number) => getU32Encoder().encode(value);
const u64 = (value: number) => getU64Encoder().encode(value);
const writable = (address: Address) => ({ address, role: AccountRole.WRITABLE as const });
const readonly = (address: Address) => ({ address, role: AccountRole.READONLY as const });
const signer = (one: TransactionSigner) => ({
  address: one.address,
  role: AccountRole.READONLY_SIGNER as const,
  signer: one,
});

function loader(
  accounts: readonly (AccountMeta | AccountSignerMeta)[],
  parts: readonly ReadonlyUint8Array[],
): Instruction {
  return { programAddress: LOADER_ADDRESS, accounts, data: Buffer.concat(parts as Uint8Array[]) };
}

const tagOf = (data: Uint8Array) => (data.length < 4 ? undefined : getU32Decoder().decode(data));

function authorityAt(data: Uint8Array, at: number): Address | undefined {
  return data[at] === 1 ? getAddressDecoder().decode(data, at + 1) : undefined;
}

const rentOf = (rpc: Rpc, space: bigint) => rpc.getMinimumBalanceForRentExemption(space, CONFIRMED).send();

async function fetchAccount(rpc: Rpc, at: Address): Promise<{ owner: Address; data: Uint8Array } | undefined> {
  const { value } = await rpc.getAccountInfo(at, { encoding: 'base64', ...CONFIRMED }).send();
  if (value === null) return undefined;
  return { owner: value.owner, data: new Uint8Array(getBase64Encoder().encode(value.data[0])) };
}
