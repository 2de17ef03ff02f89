import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';

/** Callbacks of a request to an engine. */
export interface EngineListener {
  signal: AbortSignal;
  /** Called when step `step` of `of` of a stage is done. */
  onProgress(stage: string, step: number, of: number): void;
}

/** Receives sound while it is generated: one part after another, each from its first sample to its last. */
export interface SoundListener extends EngineListener {
  /**
   * The next samples of a part, one array of −1 … 1 per channel at the engine's sample rate. A new kind or candidate
   * starts a new part. Each part has exactly round(seconds · sampleRate) samples. Engines must await the promise before
   * they send more: it is the backpressure.
   */
  onAudio(kind: 'music' | 'effects', candidate: number, channels: Float32Array[]): Promise<void>;
}

export interface TextListener extends EngineListener {
  /** The whole text so far. */
  onText(text: string): void;
}

/** The result of a generation besides its samples. */
export interface Generated {
  /** Candidate numbers of each kind, best first; null when the engine did not rank them. */
  ranking: { music?: number[]; effects?: number[] } | null;
}

/** The engine could not fulfil a valid request. */
export class EngineError extends Error {
  override name = 'EngineError';
  /** True when the same request may succeed if it is repeated. */
  readonly isRetryable: boolean;

  constructor(message: string, isRetryable: boolean) {
    super(message);
    this.isRetryable = isRetryable;
  }
}

/** Converts the error of `Engine.start()`. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError('The engine could not be started.', true);
}

/**
 * Generates sound from prompts, or descriptions from pictures. It handles one request at a time and keeps its weights
 * loaded in between. An aborted request rejects with the signal's reason within one step.
 */
export interface Engine extends AsyncDisposable {
  /** Properties and current state. */
  about(): EngineAbout;
  /**
   * Loads the engine, or waits for a load in progress. Resolves at once when the engine is ready. It is called before
   * each run, so that an engine that crashed is restarted. @throws EngineError when it can't be started.
   */
  start(): Promise<void>;
  /** @throws EngineError */
  generate(spec: GenerateSpec, listener: SoundListener): Promise<Generated>;
  /** Answers a question about a still, which is a valid JPEG, PNG or WebP. @throws EngineError */
  describe(spec: DescribeSpec, still: Uint8Array, listener: TextListener): Promise<string>;
}
