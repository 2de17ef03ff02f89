/** Sound is made again when nothing has changed for this long. */
const REST_MILLISECONDS = 450;

/** The run that follows edits, after a pause. */
export class Update {
  readonly #run: () => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined = $state.raw();
  /** Whether a text has changed that does not take effect yet: its field has not been left. */
  isTyping = $state(false);

  constructor(run: () => Promise<unknown>) {
    this.#run = run;
  }

  /** Whether one is to start. */
  readonly isDue: boolean = $derived(this.#timer !== undefined);

  /** Starts it after a pause, which begins anew with every call. */
  schedule(): void {
    this.forget();
    this.#timer = setTimeout(() => {
      this.forget();
      void this.#run();
    }, REST_MILLISECONDS);
  }

  /** There is nothing to do, or it is being done. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.isTyping = false;
  }
}
