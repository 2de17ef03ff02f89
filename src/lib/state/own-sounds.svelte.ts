import { MAX_CLIPS, type Clip, type ClipTrack } from '#lib/job/entries/assemble.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { readSoundFile, SoundFileError, type SoundFault } from '#lib/steps/source-audio/source-audio.ts';
import { clipsOf, newClipId, type ClipStudio } from './clip-studio.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';

/** Where a sound is laid. */
export interface SoundPlace {
  track: ClipTrack;
  atSeconds: number;
}

/** Why a sound was not added: a fault of the file, too many clips, or a failure of the device. */
export type AddFailure =
  | { fault: SoundFault | 'too-many' | 'too-late'; file: string }
  | { fault: 'device'; file: string; failure: Failure };

/** The loudness to which a voice is brought, and which music does not exceed, LUFS. */
const VOICE_LUFS = -16;
const MUSIC_LUFS = -18;
/** A sound that is cut off by the end of the film fades out. */
const END_FADE_SECONDS = 0.5;
/** No clip is shorter. */
const SHORTEST_SECONDS = 0.1;

/** Sounds of the user's that are laid onto the tracks of the open project. */
export class OwnSounds {
  /** The file that is being read, and how far (0 … 1). */
  adding: { file: string; fraction: number } | null = $state.raw(null);
  failure: AddFailure | null = $state.raw(null);

  readonly #studio: ClipStudio;
  #run: AbortController | null = null;

  constructor(studio: ClipStudio) {
    this.#studio = studio;
  }

  /**
   * Reads a sound file and lays it onto a track; the one before is cancelled. A failure is told in `failure`, and the project
   * stays as it is.
   * @param place Where; a function is asked when the sound is there.
   * @returns The clip; null when there is none.
   */
  async add(file: File, place: SoundPlace): Promise<Clip | null> {
    this.cancel();
    const run = (this.#run = new AbortController());
    const id = this.#studio.project?.id;
    this.failure = null;
    this.adding = { file: file.name, fraction: 0 };
    try {
      const durationSeconds = this.#studio.played?.durationSeconds;
      if (clipsOf(this.#studio).length >= MAX_CLIPS)
        return this.#fail({ fault: 'too-many', file: file.name });
      if (durationSeconds !== undefined && place.atSeconds > durationSeconds - SHORTEST_SECONDS)
        return this.#fail({ fault: 'too-late', file: file.name });
      const stem = await readSoundFile(file, {
        signal: run.signal,
        onProgress: (fraction) => {
          if (this.#run === run) this.adding = { file: file.name, fraction };
        },
      });
      // Another project may have been opened in the meantime.
      if (this.#run !== run || this.#studio.project?.id !== id) return null;
      const clip = clipOf(file, stem, place, durationSeconds ?? Infinity);
      const clips = [...clipsOf(this.#studio), clip];
      await this.#studio.edit({ does: 'add', what: clip.name }, { assemble: { clips } }, { run: true });
      return clip;
    } catch (error) {
      if (isAbort(error) || this.#run !== run) return null;
      return this.#fail(
        error instanceof SoundFileError
          ? { fault: error.fault, file: file.name }
          : { fault: 'device', file: file.name, failure: toFailure(error) },
      );
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.adding = null;
      }
    }
  }

  /** Stops reading. */
  cancel(): void {
    this.#run?.abort();
    this.#run = null;
    this.adding = null;
  }

  dismiss(): void {
    this.failure = null;
  }

  #fail(failure: AddFailure): null {
    this.failure = failure;
    return null;
  }
}

/** A sound as a clip: a voice at a usual loudness, music not louder than the generated one. */
function clipOf(
  { name }: { name: string },
  stem: Stem,
  { track, atSeconds }: SoundPlace,
  filmSeconds: number,
): Clip {
  const seconds = stem.samples / SAMPLE_RATE;
  const endSeconds = Math.min(filmSeconds, atSeconds + Math.max(SHORTEST_SECONDS, seconds));
  const isCut = endSeconds < atSeconds + seconds - 0.001;
  const wanted = track === 'voice' ? VOICE_LUFS : track === 'music' ? MUSIC_LUFS : null;
  const change = wanted === null || stem.loudnessLufs === null ? 0 : wanted - stem.loudnessLufs;
  const gainDb = Math.min(track === 'voice' ? 12 : 0, Math.max(-24, change));
  return {
    id: newClipId(),
    track,
    name: (name.replace(/\.[^.]+$/, '') || name).slice(0, 200),
    startSeconds: atSeconds,
    endSeconds,
    offsetSeconds: 0,
    fadeInSeconds: 0,
    fadeOutSeconds: isCut ? Math.min(END_FADE_SECONDS, (endSeconds - atSeconds) / 2) : 0,
    gainDb: Math.round(gainDb * 10) / 10,
    gainLine: [],
    panLine: [],
    isMuted: false,
    replaces: false,
    source: { from: 'file', ...stem },
  };
}
