import { readFields } from './wire.ts';

const METADATA = 14;

/** What the exporter of an ONNX model wrote beside the graph, by key. */
export type ModelMetadata = ReadonlyMap<string, string>;

/**
 * The metadata of an ONNX model. For detectors of this app: `names`, the classes as a Python dictionary such as
 * `{0: 'person', 1: 'bicycle'}`, and `resize`, which is `stretch` for graphs that want the picture stretched.
 */
export function readMetadata(model: Uint8Array): ModelMetadata {
  const metadata = new Map<string, string>();
  for (const { field, bytes } of readFields(model)) {
    if (field !== METADATA || !bytes) continue;
    const [key, value] = [...readFields(bytes)].map(
      (part) => part.bytes && new TextDecoder().decode(part.bytes),
    );
    if (key && value) metadata.set(key, value);
  }
  return metadata;
}

/** The class names of a detector by its metadata; null when there are none. */
export function classNames(metadata: ModelMetadata): string[] | null {
  const names: string[] = [];
  for (const [, index, , name] of metadata.get('names')?.matchAll(/(\d+):\s*(['"])(.*?)\2/g) ?? []) {
    names[Number(index)] = name!;
  }
  return names.length > 0 ? names : null;
}
