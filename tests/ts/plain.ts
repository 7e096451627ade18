/** Decoded values as the golden files have them: numbers as text, bytes as hex, padded letters as letters. */

/** Fields whose bytes are letters. */
const TEXTS = new Set(['symbol', 'underlying', 'isin', 'mic']);

export function plain(value: unknown, name = ''): unknown {
  if (typeof value === 'bigint' || typeof value === 'number') return value.toString();
  if (value instanceof Uint8Array) return TEXTS.has(name) ? text(value) : Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (value === null || typeof value !== 'object') return value;
  const { __kind: kind, ...fields } = value as Record<string, unknown>;
  const plainFields = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, plain(field, key)]));
  if (typeof kind !== 'string') return plainFields;
  // A variant of an enum: its name, and its fields if it has any.
  return Object.keys(plainFields).length === 0 ? kind : { [kind]: plainFields };
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/\0+$/, '');
