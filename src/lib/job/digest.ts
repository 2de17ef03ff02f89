/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A short name for a text: the first half of its SHA-256 in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, 32);
}
