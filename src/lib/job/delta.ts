import { canonical } from './entry-key.ts';

/** The difference between two JSON values. It can be applied in both directions. */
export type Delta =
  /** Fields of an object, or items of an array by index. */
  | { fields: Record<string, Delta> }
  /** Items of an array, cut out at an index, and those put in their place. */
  | { at: number; cut: unknown[]; put: unknown[] }
  /** Another value. A field that is missing before or after has none. */
  | { from?: unknown; to?: unknown };

/** The value is not the one that a delta was made from. */
export class DeltaError extends Error {
  override name = 'DeltaError';
}

/** The difference from one JSON value to another; null when they are equal. A field that is undefined is missing. */
export function diffJson(from: unknown, to: unknown): Delta | null {
  if (Array.isArray(from) && Array.isArray(to)) return diffItems(from, to);
  if (isObject(from) && isObject(to))
    return diffFields(from, to, [...new Set([...Object.keys(from), ...Object.keys(to)])]);
  if (from === to) return null;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** The delta that leads back. */
export function invertDelta(delta: Delta): Delta {
  if ('fields' in delta)
    return {
      fields: Object.fromEntries(Object.entries(delta.fields).map(([name, own]) => [name, invertDelta(own)])),
    };
  if ('at' in delta) return { at: delta.at, cut: delta.put, put: delta.cut };
  const { from, to } = delta;
  return { ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) };
}

/**
 * A value with a delta applied; what it doesn't name stays. Numbers, texts and the like are set whatever they were.
 * @throws DeltaError when a list or an object is not the one that the delta was made from.
 */
export function patchJson(value: unknown, delta: Delta): unknown {
  if ('fields' in delta) {
    if (Array.isArray(value))
      return Object.entries(delta.fields).reduce(
        (items, [index, own]) =>
          items.with(inside(items, Number(index)), patchJson(items[Number(index)], own)),
        value as unknown[],
      );
    if (!isObject(value)) throw new DeltaError('An object was expected.');
    const changed = Object.entries(delta.fields).map(([name, own]) => [name, patchJson(value[name], own)]);
    const all = { ...value, ...(Object.fromEntries(changed) as object) };
    return Object.fromEntries(Object.entries(all).filter(([, own]) => own !== undefined));
  }
  if ('at' in delta) {
    const { at, cut, put } = delta;
    if (!Array.isArray(value) || canonical(value.slice(at, at + cut.length)) !== canonical(cut))
      throw new DeltaError('A list has changed.');
    return value.toSpliced(at, cut.length, ...structuredClone(put)) as unknown;
  }
  const isPlain = !isContainer(value) && !isContainer(delta.from);
  if (!isPlain && canonical(value) !== canonical(delta.from)) throw new DeltaError('An object has changed.');
  return structuredClone(delta.to);
}

function diffItems(from: readonly unknown[], to: readonly unknown[]): Delta | null {
  const [before, after] = [from, to].map((items) => items.map((item) => canonical(item)));
  const shorter = Math.min(from.length, to.length);
  let at = 0;
  while (at < shorter && before![at] === after![at]) at++;
  let tail = 0;
  while (tail < shorter - at && before!.at(-1 - tail) === after!.at(-1 - tail)) tail++;
  if (at === from.length && at === to.length) return null;
  if (from.length === to.length) {
    const changed = Array.from({ length: from.length - tail - at }, (_, index) => String(at + index));
    return diffFields(from as unknown as Fields, to as unknown as Fields, changed);
  }
  return { at, cut: from.slice(at, from.length - tail), put: to.slice(at, to.length - tail) };
}

function diffFields(from: Fields, to: Fields, names: readonly string[]): Delta | null {
  const fields = names.flatMap((name) => {
    const own = diffJson(from[name], to[name]);
    return own ? [[name, own] as const] : [];
  });
  return fields.length > 0 ? { fields: Object.fromEntries(fields) } : null;
}

type Fields = Record<string, unknown>;

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is Fields {
  return isContainer(value) && !Array.isArray(value);
}

function inside(items: readonly unknown[], index: number): number {
  if (!(index < items.length)) throw new DeltaError('A list has changed.');
  return index;
}
