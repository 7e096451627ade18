/**
 * A wallet that has never heard of Scrip: the stock client of Token-2022 moves tokens of every mode with what it
 * finds on chain. @scrip/sdk lists, registers and mints before, and names errors after; it makes no transfer.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import {
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
  type Address,
  type Instruction,
  type KeyPairSigner,
} from '@solana/kit';
import {
  fetchToken,
  findAssociatedTokenPda,
  getApproveCheckedInstruction,
  getCreateAssociatedTokenIdempotentInstructionAsync,
  getTransferCheckedInstruction,
  getTransferCheckedWithTransferHookInstructionAsync,
  TOKEN_2022_PROGRAM_ADDRESS,
} from '@solana-program/token-2022';

import { investor } from './chain.ts';
import { gatedMarket, primaryPlan, registered } from './gated.ts';
import { programError, send as sendBySdk } from '@scrip/sdk';

const { SCRIP_URL: url = 'http://127.0.0.1:8899', SCRIP_WS: ws = 'ws://127.0.0.1:8900' } = process.env;
const rpc = createSolanaRpc(url);
const sendAndConfirm = sendAndConfirmTransactionFactory({
  rpc: rpc as never,
  rpcSubscriptions: createSolanaRpcSubscriptions(ws) as never,
});

let open: Address;
let frozen: Address;
let hooked: Address;
let alice: KeyPairSigner;
let bob: KeyPairSigner;
let stranger: KeyPairSigner;
before(async () => {
  const market = await gatedMarket(141);
  const { context } = market;
  ({ open, frozen, hooked } = market);
  [alice, bob, stranger] = [await registered(context), await registered(context), await investor(context.cluster)];
  for (const mint of [open, frozen, hooked]) {
    await sendBySdk(context.cluster, alice, await primaryPlan(context, alice, mint, alice.address));
  }
  await sendBySdk(context.cluster, bob, await primaryPlan(context, bob, frozen, bob.address));
});

async function send(payer: KeyPairSigner, instructions: readonly Instruction[]): Promise<void> {
  const { value: blockhash } = await rpc.getLatestBlockhash().send();
  const transaction = await pipe(
    createTransactionMessage({ version: 0 }),
    (m) => setTransactionMessageFeePayerSigner(payer, m),
    (m) => setTransactionMessageLifetimeUsingBlockhash(blockhash, m),
    (m) => appendTransactionMessageInstructions(instructions, m),
    (m) => signTransactionMessageWithSigners(m),
  );
  assertIsTransactionWithBlockhashLifetime(transaction);
  await sendAndConfirm(transaction as never, { commitment: 'confirmed' });
}

const associated = async (mint: Address, owner: Address) =>
  (await findAssociatedTokenPda({ mint, owner, tokenProgram: TOKEN_2022_PROGRAM_ADDRESS }))[0];

/** The receiver's account made, and a transfer to it as the stock client resolves it from the chain. */
async function transferTo(mint: Address, receiver: KeyPairSigner) {
  const account = await getCreateAssociatedTokenIdempotentInstructionAsync({
    payer: alice,
    mint,
    owner: receiver.address,
    tokenProgram: TOKEN_2022_PROGRAM_ADDRESS,
  });
  await send(alice, [account]);
  const [source, destination] = [await associated(mint, alice.address), await associated(mint, receiver.address)];
  return { source, mint, destination, authority: alice, amount: 25_000_000n, decimals: 8 };
}

const balance = async (mint: Address, owner: Address) =>
  (await fetchToken(rpc, await associated(mint, owner))).data.amount;

const resolved = async (mint: Address, receiver: KeyPairSigner) =>
  getTransferCheckedWithTransferHookInstructionAsync({ rpc }, await transferTo(mint, receiver));

test('the stock client moves an open share to anybody, and asks for nothing besides', async () => {
  const transfer = await resolved(open, stranger);
  assert.equal(transfer.accounts?.length, 4);
  await send(alice, [transfer]);
  assert.equal(await balance(open, stranger.address), 25_000_000n);
});

test('the stock client moves a frozen share between thawed accounts, at the cost of a bare transfer', async () => {
  const before = await balance(frozen, bob.address);
  const transfer = await resolved(frozen, bob);
  assert.equal(transfer.accounts?.length, 4);
  await send(alice, [transfer]);
  assert.equal(await balance(frozen, bob.address), before + 25_000_000n);
});

test('a frozen share to an account that it has just made ends in AccountFrozen', async () => {
  const error: unknown = await send(alice, [await resolved(frozen, stranger)]).catch((failure: unknown) => failure);
  assert.equal(programError(error)?.name, 'AccountFrozen');
  assert.equal(await balance(frozen, stranger.address), 0n);
});

test('the stock client moves a hooked share by what the chain says it needs', async () => {
  const transfer = await getTransferCheckedWithTransferHookInstructionAsync({ rpc }, await transferTo(hooked, bob));
  // Four, the policy, both records, the hook, its list.
  assert.equal(transfer.accounts?.length, 9);
  await send(alice, [transfer]);
  assert.equal(await balance(hooked, bob.address), 25_000_000n);
});

test('it cannot move one to who is not registered, nor without what the hook asks for', async () => {
  const refused = async (instruction: Instruction) =>
    programError(await send(alice, [instruction]).catch((error: unknown) => error));
  const forbidden = await getTransferCheckedWithTransferHookInstructionAsync(
    { rpc },
    await transferTo(hooked, stranger),
  );
  assert.equal((await refused(forbidden))?.name, 'NotRegistered');
  assert.equal(await balance(hooked, stranger.address), 0n);

  const input = await transferTo(hooked, bob);
  const before = await balance(hooked, bob.address);
  const complete = await getTransferCheckedWithTransferHookInstructionAsync({ rpc }, input);
  const bare = getTransferCheckedInstruction(input);
  await assert.rejects(send(alice, [bare]));
  // The hook is given, its list is not: Token-2022 calls it with four accounts.
  const hook = complete.accounts!.at(-2)!;
  const unlisted = { ...bare, accounts: [...bare.accounts, hook] } as Instruction;
  assert.equal((await refused(unlisted))?.name, 'AccountsMissing');
  assert.equal(await balance(hooked, bob.address), before);
});

test('a delegate moves a hooked share: who owns it is asked, not who moves it', async () => {
  const before = await balance(hooked, bob.address);
  const input = await transferTo(hooked, bob);
  const { source, mint } = input;
  const allowed = { source, mint, delegate: stranger.address, owner: alice, amount: 10n, decimals: 8 };
  await send(alice, [getApproveCheckedInstruction(allowed)]);
  const byDelegate = (destination: Address, amount: bigint) =>
    getTransferCheckedWithTransferHookInstructionAsync(
      { rpc },
      { source, mint, destination, authority: stranger, amount, decimals: 8 },
    );
  // The stranger, who is registered nowhere, signs and pays.
  await send(stranger, [await byDelegate(input.destination, 10n)]);
  assert.equal(await balance(hooked, bob.address), before + 10n);

  await send(alice, [getApproveCheckedInstruction(allowed)]);
  const { destination: own } = await transferTo(hooked, stranger);
  const error: unknown = await send(stranger, [await byDelegate(own, 10n)]).catch((failure: unknown) => failure);
  assert.equal(programError(error)?.name, 'NotRegistered');
});
