import * as fc from 'fast-check';

/** What hostile or broken software puts where something else is expected. */
const list: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
  { '': null },
  [{ options: [{ options: [] }] }],
  'x'.repeat(7_000),
  ' |0|-1|1e400|NaN|null|__proto__|constructor|\u0000|\uD800|\u202Eevil|%00|../../etc/passwd|99999999999999999999',
  '@everyone|<@1>|```|1.cancel.aaaaaaaaaaaa|SUCCESS|FAILURE|100%|https://127.0.0.1/|file:///etc/passwd|data:,|',
];
const awkward = list.flatMap((value) => (typeof value === 'string' ? value.split('|') : [value]));
const junk = fc.oneof(fc.constantFrom(...awkward), fc.jsonValue({ maxDepth: 2 }));

type Change =
  | { is: 'replace' | 'add'; at: number; by: unknown; key: string }
  | { is: 'remove' | 'double' | 'swap'; at: number; by?: undefined; key?: undefined };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    is: fc.constantFrom('replace' as const, 'add' as const),
    at: fc.nat(),
    by: junk,
    key: fc.constantFrom(
      'task_id',
      'status',
      'data',
      'options',
      'type',
      'value',
      'id',
      '__proto__',
      'toJSON',
    ),
  }),
  fc.record({ is: fc.constantFrom('remove' as const, 'double' as const, 'swap' as const), at: fc.nat() }),
);

/** Deep copies of a sample with up to `most` things in it replaced, removed, added, doubled or in the wrong order. */
export function mutated<T>(sample: fc.Arbitrary<T>, most = 4): fc.Arbitrary<unknown> {
  return fc
    .tuple(sample, fc.array(change, { maxLength: most }))
    .map(([value, changes]) => changes.reduce<unknown>(apply, structuredClone(value)));
}

/** Text that was JSON once: cut short, or with pieces of it replaced. */
export function garbled(sample: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const noise = fc.oneof(
    fc.string(),
    fc.constantFrom('<!doctype html>', '\u0000', '{"code":', '}]', '\uFEFF'),
  );
  return fc.tuple(sample, fc.nat(), fc.nat(40), noise).chain(([text, at, length, by]) => {
    const from = at % (text.length + 1);
    return fc.constantFrom(
      text.slice(0, from),
      text.slice(0, from) + by + text.slice(from + length),
      by + text,
    );
  });
}

interface Place {
  holder: Record<string, unknown> | unknown[];
  key: string | number;
}

function apply(root: unknown, { is, at, by, key }: Change): unknown {
  const places = placesIn(root);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return is === 'replace' ? structuredClone(by) : root;
  const value: unknown = Reflect.get(place.holder, place.key);
  switch (is) {
    case 'replace':
      put(place.holder, place.key, by);
      break;
    case 'add':
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) put(value, key, by);
      else if (Array.isArray(value)) value.push(structuredClone(by));
      break;
    case 'remove':
      if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
      else Reflect.deleteProperty(place.holder, place.key);
      break;
    case 'double':
      if (Array.isArray(place.holder)) place.holder.push(structuredClone(value));
      else put(place.holder, place.key, [value, value]);
      break;
    case 'swap':
      if (Array.isArray(value)) value.reverse();
      else put(place.holder, place.key, typeof value === 'number' ? String(value) : [value]);
  }
  return root;
}

/** As JSON.parse does it: "__proto__" becomes a key like any other. */
function put(holder: object, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown> | unknown[];
  const keys = Array.isArray(holder) ? holder.map((_, index) => index) : Object.keys(holder);
  return keys.flatMap((key) => [{ holder, key }, ...placesIn(Reflect.get(holder, key))]);
}
