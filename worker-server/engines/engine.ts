import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';

/** What an engine tells while it works. Every call may be slow to return: await it, it is the brake. */
export interface EngineListener {
  signal: AbortSignal;
  /** Step `step` of `of` of a stage is done. */
  onProgress(stage: string, step: number, of: number): void;
}

/** Sound as it is made: the parts one after another, each from its first sample to its last. */
export interface SoundListener extends EngineListener {
  /**
   * The next samples of a part, one array of −1 … 1 per channel at the engine's sample rate. Parts begin when their
   * first samples come. Each gets exactly round(seconds · sampleRate) samples. A new kind or candidate ends the last.
   */
  onAudio(kind: 'music' | 'effects', candidate: number, channels: Float32Array[]): Promise<void>;
}

export interface TextListener extends EngineListener {
  /** The whole text so far. */
  onText(text: string): void;
}

/** What a generation ended with. */
export interface Generated {
  /** Candidates of each kind, best first; null where the engine did not rank them. */
  ranking: { music?: number[]; effects?: number[] } | null;
}

/** The engine could not do what was asked, through no fault of the request. */
export class EngineError extends Error {
  override name = 'EngineError';
  /** True when the same request may well succeed at another try. */
  readonly isRetryable: boolean;

  constructor(message: string, isRetryable: boolean) {
    super(message);
    this.isRetryable = isRetryable;
  }
}

/** What an engine that could not be started says about it. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError('The engine could not be started.', true);
}

/**
 * Something that makes sound from words, or words from a picture. It does one thing at a time and stays warm between.
 * An aborted call rejects with the signal's reason within one step.
 */
export interface Engine extends AsyncDisposable {
  /** As it stands now: the state changes while weights are loaded. */
  about(): EngineAbout;
  /**
   * Begins to load, joins a load that is under way, or resolves at once when the engine is ready. The queue calls it
   * before each run, so that an engine which died comes back. @throws EngineError when it can't be made ready.
   */
  start(): Promise<void>;
  /** @throws EngineError */
  generate(spec: GenerateSpec, listener: SoundListener): Promise<Generated>;
  /** Answers the question about a still: JPEG, PNG or WebP, checked before. @throws EngineError */
  describe(spec: DescribeSpec, still: Uint8Array, listener: TextListener): Promise<string>;
}
