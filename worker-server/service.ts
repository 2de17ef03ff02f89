import type { Context } from 'hono';
import type { JobId } from '#lib/protocol/job-request.ts';
import { clientAddress } from './access/client-address.ts';
import { RateLimits } from './access/rate-limits.ts';
import { ConcurrencyLimit } from './access/concurrency-limit.ts';
import { jobTag } from './access/secrets.ts';
import { MemoryTicketStore, type TicketStore } from './access/ticket-store.ts';
import { drainingError } from './api-error.ts';
import { JobUnknownError, type JobQueue, type JobRequest, type JobState } from './jobs/job-queue.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';
import { SocketRegistry } from './socket/socket-registry.ts';
import { SOCKET_TIMEOUTS, type SocketTimeouts } from './socket/socket-registry.ts';

/** Tickets and rate limits. Servers that share a queue share them too. */
export interface Access {
  tickets: TicketStore;
  rateLimits: RateLimits;
}

/** What the routes and sockets of the generation server share: the queue and all limits. */
export class Service {
  readonly queue: JobQueue;
  readonly settings: Settings;
  readonly log: Log;
  readonly tickets: TicketStore;
  readonly rateLimits: RateLimits;
  readonly socketLimit: ConcurrencyLimit;
  readonly streamLimit: ConcurrencyLimit;
  readonly sockets: SocketRegistry;
  #isDraining = false;

  constructor(
    queue: JobQueue,
    settings: Settings,
    log: Log,
    timeouts: SocketTimeouts = SOCKET_TIMEOUTS,
    access: Access = { tickets: new MemoryTicketStore(), rateLimits: new RateLimits(settings) },
  ) {
    this.queue = queue;
    this.settings = settings;
    this.log = log;
    this.tickets = access.tickets;
    this.rateLimits = access.rateLimits;
    this.socketLimit = new ConcurrencyLimit(settings.SOCKETS_PER_ADDRESS);
    this.streamLimit = new ConcurrencyLimit(settings.SOCKETS_PER_ADDRESS);
    this.sockets = new SocketRegistry(timeouts);
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** The client of a request, as a key for limits. */
  readonly clientOf = (c: Context): string => clientAddress(c, this.settings.TRUSTED_PROXIES);

  /**
   * Submits a job. A job that exists already doesn't count as a submission: clients retry when a response was lost.
   * @throws ApiError, QueueFullError, JobConflictError, EngineError
   */
  async submit(client: string, id: JobId, request: JobRequest): Promise<JobState> {
    if (!(await this.#isKnown(id))) {
      if (this.#isDraining) throw drainingError();
      await this.rateLimits.count('submits', client);
    }
    const state = await this.queue.submit(client, id, request);
    const { verb, spec } = request;
    this.log.info({ job: jobTag(id), verb, engine: spec.engine }, 'job accepted');
    return state;
  }

  /** Accepts no more jobs, lets running ones finish within the grace period, then closes all sockets. */
  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    this.sockets.announceShutdown(5000);
    await this.queue.drain(graceMs);
    await this.sockets.close(1000);
  }

  #isKnown(id: JobId): Promise<boolean> {
    return this.queue.state(id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof JobUnknownError) return false;
        throw error;
      },
    );
  }
}
