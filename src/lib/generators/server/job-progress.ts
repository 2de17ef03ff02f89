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

/** Where the work begins and where all sound is there. */
const QUEUED = 0.05;
const ARRIVED = 0.98;
/** What part of the way between them is the engine's work; the rest is the way over the line. */
const WORK_SHARE = 0.7;

/** Turns the news of a job into one fraction that never goes back, and what is being done. */
export class JobProgress {
  #parts: number;
  #tell: (fraction: number, phase: ServerPhase) => void;
  #fraction = 0;
  #worked = 0;
  #arrived = 0;
  #isMidPart = false;
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
    if (news.t === 'restart' || news.t === 'started') this.#isMidPart = false;
    if (news.t === 'accepted' || news.t === 'queued')
      this.#say(0, { is: 'queued', position: news.position, etaMs: news.etaMs });
    if (news.t === 'started')
      this.#say(QUEUED, { is: 'working', stage: '', step: 0, of: 0, etaMs: news.etaMs });
    if (news.t === 'progress') {
      const { stage, step, of, etaMs } = news;
      this.#worked = Math.max(this.#worked, of > 0 ? Math.min(1, step / of) : 0);
      // An engine that plays while it works sends sound between its steps: the sound is what people wait for.
      if (!this.#isMidPart) this.#say(this.#way(), { is: 'working', stage, step, of, etaMs });
    }
    if (news.t === 'bytes') {
      const { part, at, bytes } = news;
      this.#arrived += bytes.length / part.bytes;
      this.#isMidPart = at + bytes.length < part.bytes;
      this.#say(this.#way(), { is: 'arriving', fraction: this.#arrivedShare() });
    }
    if (news.t === 'done') this.#say(1, { is: 'fitting' });
  }

  /** A part is being fitted; it counts with its arrival. */
  fit(fraction: number): void {
    if (fraction < 1) this.#say(this.#fraction, { is: 'fitting' });
  }

  #arrivedShare(): number {
    return Math.min(1, this.#arrived / this.#parts);
  }

  /** Sound that is there has been worked on, whatever the engine says. */
  #way(): number {
    const arrived = this.#arrivedShare();
    const worked = Math.max(this.#worked, arrived);
    return QUEUED + (ARRIVED - QUEUED) * (WORK_SHARE * worked + (1 - WORK_SHARE) * arrived);
  }

  #say(fraction: number, phase: ServerPhase): void {
    this.#fraction = Math.max(this.#fraction, fraction);
    this.#phase = phase;
    this.#tell(this.#fraction, phase);
  }
}
