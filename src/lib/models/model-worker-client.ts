import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { Remote } from 'comlink';
import type { WantedDevice } from './devices.ts';

/** Owns one worker that runs models. Its runtime is for one device: another wish gets a new worker (see `runtime.ts`). */
export class ModelWorkerClient<Api> extends WorkerClient<Api> {
  #wanted: WantedDevice | null = null;

  /** As `call`, for a call that opens a model or runs one. */
  async callOn<T>(
    wanted: WantedDevice,
    signal: AbortSignal,
    use: (api: Remote<Api>) => Promise<T>,
  ): Promise<T> {
    if (this.#wanted !== null && this.#wanted !== wanted) this.close();
    this.#wanted = wanted;
    return this.call(signal, use);
  }
}
