import type { GeneratedStem, ServerChoice, TrackName } from '#lib/job/entries/soundtrack.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';

/** The context of a generator's run. */
export interface GeneratorContext {
  /** Aborts the run; it rejects with `signal.reason`. */
  signal: AbortSignal;
  /** Reports progress, 0 … 1. */
  onProgress: (fraction: number) => void;
}

/** A clip that is rendered from a score. */
export interface SynthRequest {
  generator: 'synth';
  track: TrackName;
  score: Score;
  /** Whether the user is editing the score: its parts are cached then for the next edit. */
  isEdited: boolean;
}

/** A clip that a generation server makes from a prompt. */
export interface ServerRequest {
  generator: 'server';
  track: TrackName;
  choice: ServerChoice;
  /** The request to the server; its `kind` names all tracks that the server makes, in one job. */
  soundtrack: SoundtrackRequest;
}

export type ClipRequest = SynthRequest | ServerRequest;

/** Makes clips of sound: on this device or on a server; later from a library or a file. */
export interface Generator<Request extends ClipRequest = ClipRequest> {
  /** The name in the options of the soundtrack. */
  readonly name: Request['generator'];
  /** The tracks that it can make. */
  readonly can: readonly TrackName[];
  /** Lengths that it can make, in seconds; the caller trims or repeats to reach others. */
  readonly limits: { readonly minSeconds: number; readonly maxSeconds: number };
  /** Whether it can be used now. */
  isAvailable(): boolean;
  /** Makes a clip of exactly the requested length; null when it would be silent. */
  make(request: Request, context: GeneratorContext): Promise<GeneratedStem | null>;
}
