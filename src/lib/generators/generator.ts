import type { GeneratedStem, ServerChoice, TrackName } from '#lib/job/entries/soundtrack.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';

/** What a run of a generator may use. */
export interface GeneratorContext {
  /** Aborts the run; it rejects with `signal.reason`. */
  signal: AbortSignal;
  /** Reports how far it is, 0 … 1. */
  onProgress: (fraction: number) => void;
}

/** A clip that is played from a score. */
export interface SynthRequest {
  generator: 'synth';
  track: TrackName;
  score: Score;
  /** Whether the user is editing the score: what the next edit may need again is kept then. */
  isEdited: boolean;
}

/** A clip that a generation server makes from words. */
export interface ServerRequest {
  generator: 'server';
  track: TrackName;
  choice: ServerChoice;
  /** What the server is told; its `kind` names all tracks that come from the server, which are one job. */
  soundtrack: SoundtrackRequest;
}

export type ClipRequest = SynthRequest | ServerRequest;

/** Something that makes clips of sound: this device, a server; later a library or a file. */
export interface Generator<Request extends ClipRequest = ClipRequest> {
  /** As in the options of the soundtrack. */
  readonly name: Request['generator'];
  /** The tracks that it makes clips for. */
  readonly can: readonly TrackName[];
  /** Lengths that it makes, in seconds; what is shorter is cut, what is longer repeated. */
  readonly limits: { readonly minSeconds: number; readonly maxSeconds: number };
  /** Whether it can be asked now. */
  isThere(): boolean;
  /** Makes one clip of exactly the asked length; null when there is nothing to be heard in it. */
  make(request: Request, context: GeneratorContext): Promise<GeneratedStem | null>;
}
