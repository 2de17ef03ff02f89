import { openContainer } from '#lib/media/container/open-container.ts';

/** Start and length of a file's pictures, or of its sound if it has none, in seconds; null if unreadable. */
export async function wholeSpan(
  file: Blob,
): Promise<{ startSeconds: number; durationSeconds: number } | null> {
  using input = openContainer(file);
  try {
    const track = (await input.getPrimaryVideoTrack()) ?? (await input.getPrimaryAudioTrack());
    if (!track) return null;
    const startSeconds = Math.max(0, await track.getFirstTimestamp());
    return { startSeconds, durationSeconds: (await track.computeDuration()) - startSeconds };
  } catch {
    return null;
  }
}
