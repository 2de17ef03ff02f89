import type { RemoteJobEvent } from '#lib/remote/remote-job.ts';

/** What a job on the server is doing; times in milliseconds, null while unknown. */
export type ServerPhase =
  | { is: 'asking' }
  | { is: 'full'; retryAfterMs: number }
  | { is: 'queued'; position: number; etaMs: number | null }
  | { is: 'working'; stage: string; step: number; of: number; etaMs: number | null }
  /** Sound arrives; the share of all that is expected. */
  | { is: 'arriving'; fraction: number }
  /** This device brings a part to its length and level. */
  | { is: 'fitting' };

/** Progress when the work begins, and when all sound has arrived. */
const QUEUED = 0.05;
const ARRIVED = 0.98;
/** Share of the progress in between that is the engine's work; the rest is the transfer. */
const WORK_SHARE = 0.7;

/** Turns the events of a job into a phase and a fraction that never decreases. */
export class JobProgress {
  #parts: number;
  #report: (fraction: number, phase: ServerPhase) => void;
  #fraction = 0;
  #worked = 0;
  #arrived = 0;
  #isMidPart = false;
  #phase: ServerPhase = { is: 'asking' };

  /** @param parts Number of expected parts. */
  constructor(parts: number, report: (fraction: number, phase: ServerPhase) => void) {
    this.#parts = parts;
    this.#report = report;
    report(0, this.#phase);
  }

  note(event: RemoteJobEvent): void {
    if (event.t === 'full') this.#update(0, { is: 'full', retryAfterMs: event.retryAfterMs });
    if (event.t === 'restart') this.#arrived = 0;
    if (event.t === 'restart' || event.t === 'started') this.#isMidPart = false;
    if (event.t === 'accepted' || event.t === 'queued')
      this.#update(0, { is: 'queued', position: event.position, etaMs: event.etaMs });
    if (event.t === 'started')
      this.#update(QUEUED, { is: 'working', stage: '', step: 0, of: 0, etaMs: event.etaMs });
    if (event.t === 'progress') {
      const { stage, step, of, etaMs } = event;
      this.#worked = Math.max(this.#worked, of > 0 ? Math.min(1, step / of) : 0);
      // An engine that renders in pieces sends sound between its steps; then the sound is the progress that matters.
      if (!this.#isMidPart) this.#update(this.#overall(), { is: 'working', stage, step, of, etaMs });
    }
    if (event.t === 'bytes') {
      const { part, at, bytes } = event;
      this.#arrived += bytes.length / part.bytes;
      this.#isMidPart = at + bytes.length < part.bytes;
      this.#update(this.#overall(), { is: 'arriving', fraction: this.#arrivedShare() });
    }
    if (event.t === 'done') this.#update(1, { is: 'fitting' });
  }

  /** A part is being fitted; that is already counted with its arrival. */
  fit(fraction: number): void {
    if (fraction < 1) this.#update(this.#fraction, { is: 'fitting' });
  }

  #arrivedShare(): number {
    return Math.min(1, this.#arrived / this.#parts);
  }

  /** Sound that has arrived counts as finished work, whatever the engine reports. */
  #overall(): number {
    const arrived = this.#arrivedShare();
    const worked = Math.max(this.#worked, arrived);
    return QUEUED + (ARRIVED - QUEUED) * (WORK_SHARE * worked + (1 - WORK_SHARE) * arrived);
  }

  #update(fraction: number, phase: ServerPhase): void {
    this.#fraction = Math.max(this.#fraction, fraction);
    this.#phase = phase;
    this.#report(this.#fraction, phase);
  }
}
