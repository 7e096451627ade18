/**
 * The programs themselves, where a run is given their files: deployed where there is none, upgraded where
 * the chain has other bytes and the deployer may. Without files it is only asked whether they are there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { getAddressEncoder, type Address } from '@solana/kit';
import { waitForNextSlot, type Cluster } from '@scrip/sdk';

import type { Context, Deployment, Done, Step } from './context.ts';
import { readKey } from './keys.ts';
import { deploy, stage, upgrade } from './deploy.ts';
import { fetchProgram, sameCode } from './loader.ts';

type Name = 'issuer' | 'gate' | 'collateral' | 'lender';
export type Program = Readonly<{ name: Name; address: Address; code: Uint8Array }>;

/** Each program with the addresses that its code has compiled in. */
const KNOWS: Readonly<Record<Name, readonly Name[]>> = {
  issuer: ['issuer', 'gate'],
  gate: ['gate', 'issuer'],
  collateral: ['collateral'],
  lender: ['collateral'],
};
const NAMES = Object.keys(KNOWS) as Name[];
/** An example: it is deployed where its file is there. */
const OPTIONAL: readonly Name[] = ['lender'];

export const deployPrograms: Step = async (context) => {
  const { cluster, deployment } = context;
  if (deployment === undefined) return requireThere(cluster);
  const done: Done[] = [];
  for (const program of NAMES.flatMap((name) => readProgram(cluster, deployment, name) ?? [])) {
    done.push(await deployProgram(context, deployment, program));
  }
  // What has just been deployed can be called from the next slot on.
  if (done.some(({ outcome }) => outcome !== 'already there')) await waitForNextSlot(cluster);
  return done;
};

const addressOf = ({ programId, programs }: Cluster, name: Name) => (name === 'issuer' ? programId : programs[name]);

async function requireThere(cluster: Cluster): Promise<Done[]> {
  for (const name of NAMES.filter((one) => !OPTIONAL.includes(one))) {
    const address = addressOf(cluster, name);
    const { value } = await cluster.rpc
      .getAccountInfo(address, { encoding: 'base64', dataSlice: { offset: 0, length: 0 }, commitment: 'confirmed' })
      .send();
    if (!value?.executable) {
      throw new Error(`the program ${name}, ${address}, is not on the cluster: give its file with --programs FOLDER.`);
    }
  }
  return [];
}

function readProgram(cluster: Cluster, { folder }: Deployment, name: Name): Program | undefined {
  const file = join(folder, `${name}.so`);
  if (!existsSync(file)) {
    if (OPTIONAL.includes(name)) return undefined;
    throw new Error(`there is no ${file}: build the programs first.`);
  }
  const code: Buffer = readFileSync(file);
  for (const other of KNOWS[name]) {
    const address = addressOf(cluster, other);
    if (!code.includes(Buffer.from(getAddressEncoder().encode(address)))) {
      throw new Error(
        `${file} is compiled for another ${other} program than ${address}: set the same SCRIP_${other.toUpperCase()}_ID when building and here.`,
      );
    }
  }
  return { name, address: addressOf(cluster, name), code };
}

/** Puts one program on chain as its file has it, or says who has to. */
export async function deployProgram(
  context: Pick<Context, 'cluster' | 'config'>,
  { folder, deployer, stages }: Deployment,
  program: Program,
): Promise<Done> {
  const { name, address, code } = program;
  const sender = { ...context, admin: deployer };
  const what = `program ${name}`;
  const onChain = await fetchProgram(context.cluster.rpc, address);
  if (onChain === undefined) {
    const key = await readKey(join(folder, `${name}-keypair.json`));
    if (key === undefined) {
      throw new Error(
        `there is no key file ${join(folder, `${name}-keypair.json`)}: a first deployment is signed by it.`,
      );
    }
    if (key.address !== address) {
      throw new Error(`${join(folder, `${name}-keypair.json`)} is the key of ${key.address}, not of ${address}.`);
    }
    await deploy(sender, what, key, code);
    return { what, address, outcome: 'created' };
  }
  if (sameCode(onChain.code, code)) return { what, address, outcome: 'already there' };
  const { authority } = onChain;
  if (authority === deployer.address) {
    await upgrade(sender, what, address, onChain, code);
    return { what, address, outcome: 'upgraded' };
  }
  if (authority === undefined) return { what: `${what}, for good`, address, outcome: 'other code on chain' };
  if (!stages) return { what: `${what}, upgraded by ${authority}`, address, outcome: 'other code on chain' };
  const buffer = await stage(sender, what, address, { ...onChain, authority }, code);
  return {
    what: `${what}, from buffer ${buffer} by ${authority}`,
    address,
    outcome: 'waits for its upgrade authority',
  };
}
