import type { JobNews } from '#lib/remote/remote-job.ts';

/** What a server's job is doing at this moment; times in milliseconds, null while nobody knows. */
export type ServerPhase =
  | { is: 'asking' }
  | { is: 'full'; retryAfterMs: number }
  | { is: 'queued'; position: number; etaMs: number | null }
  | { is: 'working'; stage: string; step: number; of: number; etaMs: number | null }
  /** Sound comes over the line; the share of all that is expected. */
  | { is: 'arriving'; fraction: number }
  /** A part is brought to its length and level on this device. */
  | { is: 'fitting' };

/** What part of the work each phase is held to be; what is known best is the last. */
const QUEUED = 0.05;
const WORKED = 0.7;
const ARRIVED = 0.98;

/** Turns the news of a job into one fraction that never goes back, and what is being done. */
export class JobProgress {
  #parts: number;
  #tell: (fraction: number, phase: ServerPhase) => void;
  #fraction = 0;
  #arrived = 0;
  #phase: ServerPhase = { is: 'asking' };

  /** @param parts How many parts are expected. */
  constructor(parts: number, tell: (fraction: number, phase: ServerPhase) => void) {
    this.#parts = parts;
    this.#tell = tell;
    tell(0, this.#phase);
  }

  note(news: JobNews): void {
    if (news.t === 'full') this.#say(0, { is: 'full', retryAfterMs: news.retryAfterMs });
    if (news.t === 'restart') this.#arrived = 0;
    if (news.t === 'accepted' || news.t === 'queued')
      this.#say(0, { is: 'queued', position: news.position, etaMs: news.etaMs });
    if (news.t === 'started')
      this.#say(QUEUED, { is: 'working', stage: '', step: 0, of: 0, etaMs: news.etaMs });
    if (news.t === 'progress') {
      const { stage, step, of, etaMs } = news;
      const done = of > 0 ? step / of : 0;
      this.#say(QUEUED + done * (WORKED - QUEUED), { is: 'working', stage, step, of, etaMs });
    }
    if (news.t === 'bytes') {
      this.#arrived += news.bytes.length / news.part.bytes;
      const fraction = Math.min(1, this.#arrived / this.#parts);
      this.#say(WORKED + fraction * (ARRIVED - WORKED), { is: 'arriving', fraction });
    }
    if (news.t === 'done') this.#say(1, { is: 'fitting' });
  }

  /** A part is being fitted; it counts with its arrival. */
  fit(fraction: number): void {
    if (fraction < 1) this.#say(this.#fraction, { is: 'fitting' });
  }

  #say(fraction: number, phase: ServerPhase): void {
    // An engine that plays while it works sends sound between its steps: the sound is what people wait for.
    const isBackward = phase.is === 'working' && this.#phase.is === 'arriving' && fraction < this.#fraction;
    if (isBackward) return;
    this.#fraction = Math.max(this.#fraction, fraction);
    this.#phase = phase;
    this.#tell(this.#fraction, phase);
  }
}
