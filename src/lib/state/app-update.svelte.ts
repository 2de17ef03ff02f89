/** Looking for a new version more often than this would only cost the phone's battery. */
const LOOK_MILLISECONDS = 30 * 60_000;

/** What the service worker understands; see `src/service-worker.ts`. */
const TAKE_OVER = 'take-over';

/** A new version of the app: it is fetched in the background, and taken only when the user says so. */
export class AppUpdate {
  /** Whether a new version lies ready. */
  isReady = $state(false);

  #waiting: ServiceWorker | null = null;
  #lookedAt = Date.now();
  #isTaking = false;

  /** Begins to watch; gives the function that stops it. Does nothing where there are no service workers. */
  watch(): () => void {
    const stop = new AbortController();
    const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
    if (!serviceWorker) return () => undefined;
    const options = { signal: stop.signal };
    void serviceWorker.ready.then((registration) => {
      const notice = () => this.#notice(registration);
      registration.addEventListener(
        'updatefound',
        () => {
          registration.installing?.addEventListener('statechange', notice, options);
        },
        options,
      );
      document.addEventListener('visibilitychange', () => this.#look(registration), options);
      notice();
    });
    serviceWorker.addEventListener(
      'controllerchange',
      () => {
        // Only where the user asked for it: another tab's wish must not reload this one in the middle of its work.
        if (this.#isTaking) location.reload();
      },
      options,
    );
    return () => stop.abort();
  }

  /** Takes the new version; the page is loaded anew as soon as it is in charge. */
  take(): void {
    this.#isTaking = true;
    this.#waiting?.postMessage(TAKE_OVER);
    if (this.#waiting?.state === 'activated') location.reload();
  }

  #notice({ waiting, active }: ServiceWorkerRegistration): void {
    if (!waiting || !active) return;
    this.#waiting = waiting;
    this.isReady = true;
  }

  #look(registration: ServiceWorkerRegistration): void {
    if (document.hidden || Date.now() - this.#lookedAt < LOOK_MILLISECONDS) return;
    this.#lookedAt = Date.now();
    registration.update().catch(() => undefined);
  }
}
