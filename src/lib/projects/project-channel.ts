/** Tells others, in this page and in other tabs, which projects were changed, and hears it of them. */
export class ProjectChannel {
  /** Tells this one's messages from those of others. */
  readonly #from = crypto.randomUUID();
  #opened: { speaker: BroadcastChannel; listener: BroadcastChannel } | null = null;

  /** Tells the others that a project was changed. */
  announce(id: string): void {
    this.#open().speaker.postMessage({ id, from: this.#from });
  }

  /** Listens for projects that others change; gives the function that stops it. */
  listen(listener: (id: string) => void): () => void {
    const hear = ({ data }: MessageEvent<{ id: string; from: string }>) => {
      if (data.from !== this.#from) listener(data.id);
    };
    const { listener: channel } = this.#open();
    channel.addEventListener('message', hear);
    return () => channel.removeEventListener('message', hear);
  }

  /** Opened when it is first asked for: there is none while the page is prerendered. */
  #open() {
    const open = () => new BroadcastChannel('immersivaudio-projects');
    // A channel does not hear itself: others in the same page need one that does.
    return (this.#opened ??= { speaker: open(), listener: open() });
  }
}
