/** Programs through the real upgradeable loader: deployed, upgraded, prepared for another authority. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import {
  createKeyPairSignerFromPrivateKeyBytes,
  generateKeyPairSigner,
  type Address,
  type KeyPairSigner,
} from '@solana/kit';
import {
  deployProgram,
  fetchBuffer,
  fetchProgram,
  findBuffer,
  loadConfig,
  migrate,
  prepare,
  upgradePlan,
  type Deployment,
} from '@scrip/migrations';
import { airdrop, send, type Cluster } from '@scrip/sdk';

import { configFor, connectFromEnv } from './chain.ts';

const programFile = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../target/deploy/${name}.so`, import.meta.url)));
/** The smaller one, and one that it has to be extended for. */
const [SHORT, LONG] = [programFile('lender'), programFile('collateral')];
/** Bytes in a transaction. */
const WRITE = 950;
const config = loadConfig();

const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
after(() => rmSync(folder, { recursive: true }));
let cluster: Cluster;
let program: Address;
let deployer: KeyPairSigner;
let stranger: KeyPairSigner;
before(async () => {
  cluster = await connectFromEnv();
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const key = await createKeyPairSignerFromPrivateKeyBytes(secret);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', key.keyPair.publicKey));
  writeFileSync(join(folder, 'lender-keypair.json'), JSON.stringify([...secret, ...publicKey]));
  program = key.address;
  [deployer, stranger] = [await generateKeyPairSigner(), await generateKeyPairSigner()];
  for (const { address } of [deployer, stranger]) await airdrop(cluster, address, 20);
});

/** Deploys, and says how it ended and how many transactions it took. */
async function deployed(code: Uint8Array, changes: Partial<Deployment> = {}, sends = Infinity) {
  let sent = 0;
  const rpc = new Proxy(cluster.rpc, {
    get: (target, method: keyof Cluster['rpc']) => {
      if (method === 'sendTransaction' && (sent += 1) > sends) throw new Error('the line is cut');
      return target[method];
    },
  });
  const deployment = { folder, deployer, stages: false, ...changes };
  const context = { cluster: { ...cluster, rpc }, config };
  const { what, outcome } = await deployProgram(context, deployment, { name: 'lender', address: program, code });
  return { what, outcome, sent };
}

async function assertOnChain(code: Uint8Array): Promise<void> {
  const onChain = await fetchProgram(cluster.rpc, program);
  assert.deepEqual(Buffer.from(onChain!.code.subarray(0, code.length)), Buffer.from(code));
  assert.equal(onChain!.authority, deployer.address);
}

test('a deployment that is broken off goes on where it stopped, and is not made twice', async () => {
  const writes = Math.ceil(SHORT.length / WRITE);
  await assert.rejects(deployed(SHORT, {}, 100), /the line is cut/);
  const { outcome, sent } = await deployed(SHORT);
  assert.equal(outcome, 'created');
  assert.ok(sent < writes - 50, `${sent} of ${writes} writes`);
  await assertOnChain(SHORT);
  assert.deepEqual(await deployed(SHORT), { what: 'program lender', outcome: 'already there', sent: 0 });
});

test('other code is an upgrade, also where the program has to grow for it', async () => {
  assert.equal((await deployed(LONG)).outcome, 'upgraded');
  await assertOnChain(LONG);
  assert.equal((await deployed(LONG)).outcome, 'already there');
});

test('who is not the upgrade authority changes nothing, and prepares the upgrade if told to', async () => {
  const said = await deployed(SHORT, { deployer: stranger });
  assert.deepEqual(said, {
    what: `program lender, upgraded by ${deployer.address}`,
    outcome: 'other code on chain',
    sent: 0,
  });

  const staged = await deployed(SHORT, { deployer: stranger, stages: true });
  assert.equal(staged.outcome, 'waits for its upgrade authority');
  await assertOnChain(LONG);
  const { address: buffer } = await findBuffer(stranger.address, SHORT);
  assert.ok(staged.what.includes(buffer));
  assert.equal((await fetchBuffer(cluster.rpc, buffer))!.authority, deployer.address);
  // Once prepared, it is only said again.
  assert.equal((await deployed(SHORT, { deployer: stranger, stages: true })).sent, 0);

  const onChain = (await fetchProgram(cluster.rpc, program))!;
  await send(cluster, deployer, upgradePlan(program, onChain, deployer, buffer));
  await assertOnChain(SHORT);
  assert.equal((await deployed(SHORT, { deployer: stranger })).outcome, 'already there');
});

test('a program of another address, without its file or without its key is not deployed', async () => {
  const files = mkdtempSync(join(folder, 'programs-'));
  const migrateFrom = async (addresses: Partial<Cluster>) => {
    const other = { ...cluster, ...addresses };
    await migrate(await prepare(other, configFor(29, ['AAPLx']), undefined, { folder: files }), undefined, ['0000']);
  };
  const elsewhere = (await generateKeyPairSigner()).address;
  await assert.rejects(migrateFrom({}), /there is no .*issuer\.so: build the programs first/);
  for (const name of ['issuer', 'gate', 'collateral']) writeFileSync(join(files, `${name}.so`), programFile(name));
  await assert.rejects(migrateFrom({ programId: elsewhere }), /issuer\.so is compiled for another issuer program/);
  const gate = { programs: { ...cluster.programs, gate: elsewhere } };
  await assert.rejects(migrateFrom(gate), /issuer\.so is compiled for another gate program/);
  // What the validator was given is what the files are.
  await migrateFrom({});

  const nobodys = { ...cluster, programs: { ...cluster.programs, gate: elsewhere } };
  await assert.rejects(
    migrate(await prepare(nobodys, configFor(29, ['AAPLx']))),
    /the program gate, .*, is not on the cluster: give its file with --programs/,
  );
  const nowhere = { name: 'lender', address: elsewhere, code: SHORT } as const;
  const unsigned = { folder: files, deployer, stages: false };
  await assert.rejects(deployProgram({ cluster, config }, unsigned, nowhere), /there is no key file .*lender-keypair/);
  const wrong = { folder, deployer, stages: false };
  await assert.rejects(deployProgram({ cluster, config }, wrong, nowhere), /is the key of .*, not of/);
});
