import { isAbort } from './failure.ts';

/** Browsers report this when an observer changes what it observes; nothing is wrong then. */
const HARMLESS = /^ResizeObserver loop/;

/** Errors that no part of the app has caught: the user is told, and the browser's console keeps the cause. */
export class Unforeseen {
  /** Whether there was one that the user has not dismissed. */
  isMet = $state(false);

  /** Begins to watch; gives the function that stops it. */
  watch(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    const meet = (cause: unknown) => {
      if (!isAbort(cause)) this.isMet = true;
    };
    addEventListener('unhandledrejection', ({ reason }) => meet(reason), { signal });
    addEventListener('error', ({ error, message }) => HARMLESS.test(message) || meet(error), { signal });
    return () => stop.abort();
  }

  /** The user has read it. */
  dismiss(): void {
    this.isMet = false;
  }
}
