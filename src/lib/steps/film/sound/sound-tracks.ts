import type { Container, SoundCodec } from '../choose-container.ts';
import { encodeSound } from './encode-sound.ts';
import type { FilmSound } from '../film-request.ts';
import type { SoundTrack } from '../media-track.ts';
import { SOUND_LABELS } from './sound-labels.ts';
import { openWav } from './wav-sound.ts';

/** Samples in an encoder's shortest packet, and packets that it may add at the end. */
const SHORTEST_PACKET: Record<SoundCodec, number> = { aac: 1024, opus: 120 };
const PACKETS_ADDED = 8;
/** More encoders are not worth their memory. */
const MAX_PARALLELISM = 4;

/** The sound tracks of the film, each encoded in the background when its packets are read. */
export async function makeSoundTracks(
  sounds: readonly FilmSound[],
  startSeconds: number,
  container: Container,
  codec: SoundCodec,
): Promise<SoundTrack[]> {
  const isDelayDeclared = container !== 'mp4' && codec === 'opus';
  const parallelism = Math.max(
    1,
    Math.floor(Math.min(MAX_PARALLELISM, navigator.hardwareConcurrency) / sounds.length),
  );
  return Promise.all(
    sounds.map(async ({ wav, role }, index): Promise<SoundTrack> => {
      const sound = await openWav(wav);
      return {
        codec,
        ...encodeSound(
          sound,
          { codec, parallelism, isPeakPromised: role === 'mix' },
          startSeconds,
          isDelayDeclared,
        ),
        metadata: {
          ...SOUND_LABELS[role],
          disposition: { default: index === 0, original: role === 'original' },
          maximumPacketCount: Math.ceil(sound.samples / SHORTEST_PACKET[codec]) + PACKETS_ADDED,
        },
      };
    }),
  );
}
