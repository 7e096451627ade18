/** Asking a program without a transaction: an instruction is simulated, and what it returns is read. */
import {
  appendTransactionMessageInstructions,
  compileTransaction,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getBase64Encoder,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
} from '@solana/kit';

import type { Cluster } from './cluster.ts';

/** What `program` returns to one instruction. `caller` is any wallet with a balance; nothing is signed or paid. */
export async function simulateAnswer(
  { rpc }: Pick<Cluster, 'rpc'>,
  program: Address,
  caller: Address,
  instruction: Instruction,
): Promise<ReadonlyUint8Array> {
  const { value: blockhash } = await rpc.getLatestBlockhash({ commitment: 'confirmed' }).send();
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (m) => setTransactionMessageFeePayer(caller, m),
    (m) => setTransactionMessageLifetimeUsingBlockhash(blockhash, m),
    (m) => appendTransactionMessageInstructions([instruction], m),
  );
  const { value } = await rpc
    .simulateTransaction(getBase64EncodedWireTransaction(compileTransaction(message)), {
      encoding: 'base64',
      commitment: 'confirmed',
      sigVerify: false,
    })
    .send();
  if (value.err !== null || value.returnData?.programId !== program) {
    const why = value.logs?.at(-1) ?? JSON.stringify(value.err);
    throw new Error(`the program gave no answer (${why}): is ${caller} a wallet with a balance?`);
  }
  return getBase64Encoder().encode(value.returnData.data[0]);
}
