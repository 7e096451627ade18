/** How addresses are laid out over lookup tables: no chain needed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getAddressDecoder, type Address } from '@solana/kit';
import { arrange } from '@scrip/migrations';
import { LOOKUP_TABLE_CAPACITY, type LookupTable } from '@scrip/sdk';

let made = 0;
function addresses(count: number): Address[] {
  return Array.from({ length: count }, () => {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, (made += 1));
    return getAddressDecoder().decode(bytes);
  });
}
const groupsOf = (count: number) => Array.from({ length: count }, () => addresses(9));

const [own, another] = addresses(2) as [Address, Address];
const SHARED = addresses(20);

/** The tables as they are once all that was missing has been added. */
function apply(existing: readonly LookupTable[], changes: ReturnType<typeof arrange>): LookupTable[] {
  return changes.map(({ address, added }) => {
    const table = existing.find((one) => one.address === address);
    const [fresh] = addresses(1) as [Address];
    return table
      ? { ...table, addresses: [...table.addresses, ...added] }
      : { address: fresh, authority: own, addresses: added };
  });
}

const lacks = (changes: ReturnType<typeof arrange>) => changes.map(({ added }) => added.length);

test('each ticker is wholly in one table, and what is shared in all of them', () => {
  const groups = groupsOf(79);
  const tables = apply([], arrange(own, [], SHARED, groups));
  assert.equal(tables.length, 4);
  for (const { addresses } of tables) {
    assert.deepEqual(addresses.slice(0, SHARED.length), SHARED);
    assert.equal(new Set(addresses).size, addresses.length);
    assert.ok(addresses.length <= LOOKUP_TABLE_CAPACITY - 40, 'room is left for what will be shared');
  }
  for (const group of groups) {
    const homes = tables.filter(({ addresses }) => group.some((one) => addresses.includes(one)));
    assert.equal(homes.length, 1);
    assert.ok(group.every((one) => homes[0]!.addresses.includes(one)));
  }
  assert.deepEqual(lacks(arrange(own, tables, SHARED, groups)), [0, 0, 0, 0]);
});

test('what is new is added where there is room, and nothing else', () => {
  const groups = groupsOf(30);
  const tables = apply([], arrange(own, [], SHARED, groups));
  assert.equal(tables.length, 2);
  const [desk] = addresses(1) as [Address];
  const [group] = groupsOf(1) as [Address[]];
  const changes = arrange(own, tables, [...SHARED, desk], [...groups, group]);
  assert.deepEqual(
    changes.map(({ added }) => added),
    [[desk], [desk, ...group]],
  );
});

test('a table that a broken run left unfinished is finished', () => {
  const groups = groupsOf(3);
  const [whole] = apply([], arrange(own, [], SHARED, groups)) as [LookupTable];
  const half = { ...whole, addresses: whole.addresses.slice(0, 25) };
  const [change] = arrange(own, [half], SHARED, groups);
  assert.deepEqual(change!.added, whole.addresses.slice(25));
});

test("another authority's table is read, and not added to", () => {
  const groups = groupsOf(2);
  const [table] = apply([], arrange(own, [], SHARED, groups.slice(0, 1))) as [LookupTable];
  const [theirs, mine] = arrange(own, [{ ...table, authority: another }], SHARED, groups);
  assert.deepEqual(theirs, { address: table.address, added: [] });
  assert.deepEqual(mine, { added: [...SHARED, ...groups[1]!] });
});
