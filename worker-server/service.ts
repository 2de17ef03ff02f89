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
import { SocketRoom } from './socket/socket-room.ts';
import { SOCKET_TIMES, type SocketTimes } from './socket/socket-times.ts';

/** Who may come in, and how often: shared where several servers have one queue. */
export interface Access {
  tickets: TicketStore;
  rateLimits: RateLimits;
}

/** The generation server as its routes and sockets see it: the queue, and who may do what how often. */
export class Service {
  readonly queue: JobQueue;
  readonly settings: Settings;
  readonly log: Log;
  readonly tickets: TicketStore;
  readonly rateLimits: RateLimits;
  readonly socketLimit: ConcurrencyLimit;
  readonly streamLimit: ConcurrencyLimit;
  readonly room: SocketRoom;
  #isDraining = false;

  constructor(
    queue: JobQueue,
    settings: Settings,
    log: Log,
    times: SocketTimes = SOCKET_TIMES,
    access: Access = { tickets: new MemoryTicketStore(), rateLimits: new RateLimits(settings) },
  ) {
    this.queue = queue;
    this.settings = settings;
    this.log = log;
    this.tickets = access.tickets;
    this.rateLimits = access.rateLimits;
    this.socketLimit = new ConcurrencyLimit(settings.SOCKETS_PER_ADDRESS);
    this.streamLimit = new ConcurrencyLimit(settings.SOCKETS_PER_ADDRESS);
    this.room = new SocketRoom(times);
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Whose limits and whose share of the queue a request counts for. */
  readonly clientOf = (c: Context): string => clientAddress(c, this.settings.TRUSTED_PROXIES);

  /**
   * Hands a job to the queue. One that is there already counts for no limit: clients that lost the answer ask again.
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

  /** Takes nothing new, lets what runs finish within the grace period, then closes all sockets. */
  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    this.room.announceEnd(5000);
    await this.queue.drain(graceMs);
    await this.room.close(1000);
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
