import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in a time that tells nothing about either. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** What a log may say about a job: enough to find it again, too little to follow it. */
export function jobTag(id: string): string {
  return digest(id).toString('hex').slice(0, 12);
}

/** SHA-256 as 64 hexadecimal digits: what is kept of a secret. */
export function sha256Hex(text: string): string {
  return digest(text).toString('hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
