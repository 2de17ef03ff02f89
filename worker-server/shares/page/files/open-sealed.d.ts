/** Opens what an app has sealed; the script itself is sent to browsers as it stands. */
export function openSealed(
  bytes: AsyncIterable<Uint8Array>,
  keyText: string,
): Promise<{
  about: { title: string; type: string; vtt: string; poster: string | null };
  media: Blob;
}>;
