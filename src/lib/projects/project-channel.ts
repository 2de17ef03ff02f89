/** Notifies other tabs, and other parts of this page, that a project has changed. */
export class ProjectChannel {
  /** Distinguishes messages of this instance from others. */
  readonly #from = crypto.randomUUID();
  #opened: { sender: BroadcastChannel; receiver: BroadcastChannel } | null = null;

  /** Notifies the others that a project has changed. */
  announce(id: string): void {
    this.#open().sender.postMessage({ id, from: this.#from });
  }

  /** Listens for changes by others; returns a function that stops it. */
  listen(listener: (id: string) => void): () => void {
    const onMessage = ({ data }: MessageEvent<{ id: string; from: string }>) => {
      if (data.from !== this.#from) listener(data.id);
    };
    const { receiver: channel } = this.#open();
    channel.addEventListener('message', onMessage);
    return () => channel.removeEventListener('message', onMessage);
  }

  /** Opened at the first use: there is no channel while the page is prerendered. */
  #open() {
    const open = () => new BroadcastChannel('immersivaudio-projects');
    // A channel does not receive its own messages, but other parts of this page must: hence two of them.
    return (this.#opened ??= { sender: open(), receiver: open() });
  }
}
