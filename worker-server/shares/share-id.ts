import { randomBytes } from 'node:crypto';
import type { ShareId } from '#lib/protocol/share.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The smallest n with 62ⁿ > 2¹²⁸. */
const LENGTH = 22;

/** 128 bits in base62. @param bits Random unless given. */
export function shareId(bits: Uint8Array = randomBytes(16)): ShareId {
  let rest = BigInt(`0x${Buffer.from(bits).toString('hex')}`);
  let id = '';
  while (id.length < LENGTH) {
    id = DIGITS[Number(rest % 62n)]! + id;
    rest /= 62n;
  }
  return id;
}
