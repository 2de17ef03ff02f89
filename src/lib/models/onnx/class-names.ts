import { readFields } from './wire.ts';

const METADATA = 14;

/**
 * The class names in the metadata of an exported detector (`names`, a Python dictionary such as
 * `{0: 'person', 1: 'bicycle'}`); null when there are none.
 */
export function classNames(model: Uint8Array): string[] | null {
  for (const { field, bytes } of readFields(model)) {
    if (field !== METADATA || !bytes) continue;
    const [key, value] = [...readFields(bytes)].map(
      (part) => part.bytes && new TextDecoder().decode(part.bytes),
    );
    if (key !== 'names' || !value) continue;
    const names: string[] = [];
    for (const [, index, , name] of value.matchAll(/(\d+):\s*(['"])(.*?)\2/g)) names[Number(index)] = name!;
    return names.length > 0 ? names : null;
  }
  return null;
}
