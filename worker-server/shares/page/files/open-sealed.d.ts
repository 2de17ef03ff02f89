/** Decrypts a sealed file. The script itself is served to browsers unchanged. */
export function openSealed(
  bytes: AsyncIterable<Uint8Array>,
  keyText: string,
): Promise<{
  about: { title: string; type: string; vtt: string; poster: string | null };
  media: Blob;
}>;
