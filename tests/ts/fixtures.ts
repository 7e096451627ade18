/** The real mints of tests/fixtures, decoded. */
import { readFileSync } from 'node:fs';

import { address, lamports, type EncodedAccount } from '@solana/kit';
import { decodeMint, type Extension, type Mint } from '@solana-program/token-2022';

export const REAL_MINTS = ['AAPLx', 'NVDAx', 'NFLXx', 'SPYx'] as const;

type Dump = {
  address: string;
  owner: string;
  lamports: number;
  data_base64: string;
  extensions: { tlv_offset: number; type: number; name: string; len: number }[];
};

export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
}

export function realMint(symbol: (typeof REAL_MINTS)[number]): { dump: Dump; data: Uint8Array; mint: Mint } {
  const dump = readFixture(`mint_${symbol}`) as Dump;
  const data = new Uint8Array(Buffer.from(dump.data_base64, 'base64'));
  const account: EncodedAccount = {
    address: address(dump.address),
    data,
    executable: false,
    lamports: lamports(BigInt(dump.lamports)),
    programAddress: address(dump.owner),
    space: BigInt(data.length),
  };
  return { dump, data, mint: decodeMint(account).data };
}

export function extensionsOf({ extensions }: Mint): readonly Extension[] {
  return extensions.__option === 'Some' ? extensions.value : [];
}

/** Extension numbers in the order of a mint account's bytes. */
export function extensionNumbers(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const numbers: number[] = [];
  // 82 bytes of mint, padding to 165, one byte of account type.
  for (let at = 166; at + 4 <= data.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 0) break;
    numbers.push(view.getUint16(at, true));
  }
  return numbers;
}
