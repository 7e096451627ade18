import type { Address } from '@solana/kit';

/** The address alone of what a generated `find...Pda` finds; its bump the programs know themselves. */
export const first = async (found: Promise<readonly [Address, number]>): Promise<Address> => (await found)[0];
