/** Minimum interval between checks, to save the phone's battery. */
const CHECK_MILLISECONDS = 30 * 60_000;

/** The message that the service worker understands; see `src/service-worker.ts`. */
const SKIP_WAITING = 'take-over';

/** A new version of the app: fetched in the background, and applied only when the user agrees. */
export class AppUpdate {
  /** Whether a new version is ready. */
  isReady = $state(false);

  #waiting: ServiceWorker | null = null;
  #checkedAt = Date.now();
  #isRequested = false;

  /** Starts watching; returns a function that stops it. Does nothing without service workers. */
  watch(): () => void {
    const stop = new AbortController();
    const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
    if (!serviceWorker) return () => undefined;
    const options = { signal: stop.signal };
    void serviceWorker.ready.then((registration) => {
      const onChange = () => this.#onChange(registration);
      registration.addEventListener(
        'updatefound',
        () => {
          registration.installing?.addEventListener('statechange', onChange, options);
        },
        options,
      );
      document.addEventListener('visibilitychange', () => this.#checkForUpdate(registration), options);
      onChange();
    });
    serviceWorker.addEventListener(
      'controllerchange',
      () => {
        // Only in the tab where the user asked for it: the others must not lose unsaved work by a reload.
        if (this.#isRequested) location.reload();
      },
      options,
    );
    return () => stop.abort();
  }

  /** Applies the new version: the page reloads as soon as the new service worker is active. */
  apply(): void {
    this.#isRequested = true;
    this.#waiting?.postMessage(SKIP_WAITING);
    if (this.#waiting?.state === 'activated') location.reload();
  }

  #onChange({ waiting, active }: ServiceWorkerRegistration): void {
    if (!waiting || !active) return;
    this.#waiting = waiting;
    this.isReady = true;
  }

  #checkForUpdate(registration: ServiceWorkerRegistration): void {
    if (document.hidden || Date.now() - this.#checkedAt < CHECK_MILLISECONDS) return;
    this.#checkedAt = Date.now();
    registration.update().catch(() => undefined);
  }
}
