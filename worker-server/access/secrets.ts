import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in constant time. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** Identifies a job in logs. The id itself is a secret: whoever knows it may follow and cancel the job. */
export function jobTag(id: string): string {
  return digest(id).toString('hex').slice(0, 12);
}

/** SHA-256 as 64 hexadecimal digits, for storing secrets. */
export function sha256Hex(text: string): string {
  return digest(text).toString('hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
