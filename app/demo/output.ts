/** The story's two forms: text for people, one JSON object a line for programs. */

export type Output = Readonly<{
  /** A new part of the story. */
  heading: (text: string) => void;
  /** A sentence or a table; text only. */
  say: (text: string) => void;
  /** A fact; JSON only. */
  event: (event: string, fields: Record<string, unknown>) => void;
}>;

export const textOutput: Output = {
  heading: (text) => console.log(`\n${text}\n${'='.repeat(text.length)}`),
  say: (text) => console.log(text),
  event: () => {},
};

export const jsonOutput: Output = {
  heading: () => {},
  say: () => {},
  event: (event, fields) => console.log(JSON.stringify({ event, ...fields }, bigintAsText)),
};

/** JSON's numbers have 53 bits. */
function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** The same output, and how often each event was told: a summary counts what happened, not what was planned. */
export function counting(output: Output): Output & { count: (event: string) => number } {
  const counts = new Map<string, number>();
  return {
    ...output,
    event: (event, fields) => {
      counts.set(event, (counts.get(event) ?? 0) + 1);
      output.event(event, fields);
    },
    count: (event) => counts.get(event) ?? 0,
  };
}
