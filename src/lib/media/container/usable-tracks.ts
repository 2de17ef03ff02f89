import type { Input, InputAudioTrack, InputTrack, InputVideoTrack } from 'mediabunny';

/** The usable tracks of a container, and the reason in words for each of the others. */
export interface UsableTracks {
  /** The first video track that is neither encrypted nor empty; null when there is none. */
  video: InputVideoTrack | null;
  audio: InputAudioTrack[];
  discarded: { track: string; reason: string }[];
}

/** The reason for discarding encrypted tracks. */
export const ENCRYPTED = 'It is encrypted (copy protection).';

/** Chooses the tracks of a container. Every step that reads the file has to choose the same. */
export async function usableTracks(input: Input): Promise<UsableTracks> {
  const tracks: UsableTracks = { video: null, audio: [], discarded: [] };
  for (const track of await input.getTracks()) {
    const reason = await whyNot(track, tracks);
    if (reason) tracks.discarded.push({ track: `${track.type} ${track.number}`, reason });
    else if (track.isVideoTrack()) tracks.video = track;
    else if (track.isAudioTrack()) tracks.audio.push(track);
  }
  return tracks;
}

async function whyNot(track: InputTrack, { video }: UsableTracks): Promise<string | null> {
  if (['encv', 'enca'].includes(String(await track.getInternalCodecId()))) return ENCRYPTED;
  if (track.isVideoTrack() && video) return 'Only the first video track is used.';
  if (await isEmpty(track)) return track.isVideoTrack() ? 'It has no pictures.' : 'It has no sound.';
  return null;
}

async function isEmpty(track: InputTrack): Promise<boolean> {
  try {
    return (await track.computePacketStats(1)).packetCount === 0;
  } catch {
    return true;
  }
}
