import { sha256Hex } from './sha256-hex.ts';

/** A short name for a text: the first half of its SHA-256 in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, 32);
}
