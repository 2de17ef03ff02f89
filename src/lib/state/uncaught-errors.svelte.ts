import { isAbort } from './failure.ts';

/** Browsers report this when an observer changes what it observes; nothing is wrong then. */
const HARMLESS = /^ResizeObserver loop/;

/** Errors that nothing has caught: the user is informed, and the browser's console has the cause. */
export class UncaughtErrors {
  /** Whether there was an error that the user has not dismissed. */
  hasOccurred = $state(false);

  /** Starts watching; returns a function that stops it. */
  watch(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    const report = (cause: unknown) => {
      if (!isAbort(cause)) this.hasOccurred = true;
    };
    addEventListener('unhandledrejection', ({ reason }) => report(reason), { signal });
    addEventListener('error', ({ error, message }) => HARMLESS.test(message) || report(error), { signal });
    return () => stop.abort();
  }

  /** The user has read it. */
  dismiss(): void {
    this.hasOccurred = false;
  }
}
