import { sha256Hex } from '#lib/job/digest.ts';
import { makeStill } from '#lib/media/picture/still.ts';
import type { ShareRulesAnswer, ShareSpec } from '#lib/protocol/share.ts';
import { toBase64Url } from '#lib/protocol/base64-url.ts';
import { toWebVtt } from '#lib/protocol/web-vtt.ts';
import { askShareRules, deleteShare, publishShare, restoreShare } from '#lib/share/ask-shares.ts';
import {
  keepLinks,
  keepPending,
  readLinks,
  readPending,
  type KeptLink,
  type PendingLink,
} from '#lib/share/kept-links.ts';
import { newKey, encryptMedia } from '#lib/share/encrypt.ts';
import { ShareError } from '#lib/share/share-error.ts';
import { uploadResumably } from '#lib/share/upload.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { bestFramePicture } from './best-frame-picture.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import { describeShare, mediumOf, type LinkOptions } from './link-material.ts';
import type { Server } from './server.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** The progress of a link. */
export interface LinkPhase {
  is: 'encrypting' | 'uploading' | 'publishing';
  fraction: number;
}

const POSTER_BYTES = 400 * 1024;

/** Links to results of this device: makes, lists, deletes and restores them. */
export class Links {
  /** What may be published; null when no server publishes links, undefined until it is asked. */
  rules: ShareRulesAnswer | null | undefined = $state.raw(undefined);
  phase: LinkPhase | null = $state.raw(null);
  /** The last link that was made, until the next one is begun. */
  made: KeptLink | null = $state.raw(null);
  /** All links of this device that have not expired, the latest first. */
  kept: readonly KeptLink[] = $state.raw([]);
  /** Just deleted; they can be restored. */
  removed: readonly KeptLink[] = $state.raw([]);
  /** A link whose upload was interrupted. */
  pending: PendingLink | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);

  #studio: Studio;
  #server: Server;
  #run: AbortController | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  /** Asks the server what may be published, and reads the links of this device. */
  async load(): Promise<void> {
    const now = Date.now();
    this.kept = readLinks().filter(({ expiresAt }) => Date.parse(expiresAt) > now);
    this.removed = [];
    if (!this.phase) this.pending = readPending();
    try {
      this.rules = await askShareRules(this.#shareServer);
    } catch (error) {
      this.rules = null;
      this.failure = toFailure(error);
    }
  }

  /** Size of the file of a link; null when it is not made yet. */
  bytesOf(form: LinkOptions['form']): number | null {
    return mediumOf(this.#studio.takeEntries, form)?.bytes ?? null;
  }

  /** Makes a link to the open project. Errors go to `failure`. */
  async publish(options: LinkOptions): Promise<void> {
    const { project, takeEntries } = this.#studio;
    const medium = mediumOf(takeEntries, options.form);
    if (!project || !medium) return;
    await this.#start(async (signal) => {
      if (options.form === 'film' && !/^video\/(mp4|webm)$/.test(medium.mimeType)) {
        throw new ShareError('Pages play MP4 and WebM: choose one of these as the format of the film.', 0);
      }
      const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
      const readable = await describeShare(project, takeEntries, options);
      const common = { days: options.days, deleteHash: await sha256Hex(secret) };
      const about = options.isPrivate
        ? { title: options.title, type: medium.mimeType, vtt: toWebVtt(readable.captions), poster: null }
        : null;
      await this.#finish(
        {
          version: 1,
          ...{ projectId: project.id, blob: medium.blob, origin: this.#server.origin, place: null, secret },
          ...{ key: about && newKey(), form: options.form, title: options.title, about },
          spec: about ? { form: 'sealed', ...common } : { ...readable, ...common },
        },
        signal,
      );
    });
  }

  /** Resumes the interrupted link. */
  async resume(): Promise<void> {
    const { pending } = this;
    if (pending) await this.#start((signal) => this.#finish(pending, signal));
  }

  /** Cancels a link and forgets what was uploaded. */
  cancel(): void {
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    this.#setPending(null);
  }

  /** Deletes a link: nobody can open it any more. */
  async remove(link: KeptLink): Promise<void> {
    await this.#attempt(async () => {
      await deleteShare(link.origin, link.id, link.secret);
      this.#setLinks(this.kept.filter(({ id }) => id !== link.id));
      this.removed = [link, ...this.removed];
      if (this.made?.id === link.id) this.made = null;
    });
  }

  /** Restores a link that was just deleted. */
  async restore(link: KeptLink): Promise<void> {
    await this.#attempt(async () => {
      await restoreShare(link.origin, link.id, link.secret);
      this.removed = this.removed.filter(({ id }) => id !== link.id);
      this.#setLinks([link, ...this.kept]);
    });
  }

  /** Forgets the last link, to make another. */
  begin(): void {
    this.made = null;
    this.failure = null;
  }

  get #shareServer() {
    return { origin: this.#server.origin, token: this.#server.settings.token || null };
  }

  async #finish(pending: PendingLink, signal: AbortSignal): Promise<void> {
    const server = { ...this.#shareServer, origin: pending.origin };
    const file: Blob = await readBlob(pending.blob);
    this.#setPending(pending);
    const { key, about, place } = pending;
    const bytes =
      key && about
        ? await encryptMedia(file, about, key, signal, (fraction) => this.#setPhase('encrypting', fraction))
        : file;
    if (this.rules && bytes.size > this.rules.maxBytes) {
      this.#setPending(null);
      throw new ShareError(
        `A file of at most ${this.rules.maxBytes} bytes was wanted; this has ${bytes.size}.`,
        413,
      );
    }
    this.#setPhase('uploading', 0);
    const upload = await uploadResumably(server, bytes, {
      place,
      signal,
      onProgress: (fraction) => this.#setPhase('uploading', fraction),
      onPlace: (begun) => this.#setPending({ ...pending, place: begun }),
    });
    this.#setPhase('publishing', 1);
    const spec = { ...(pending.spec as ShareSpec), upload };
    const poster = spec.form === 'film' ? await this.#poster() : null;
    const { id, url, expiresAt } = await publishShare(server, spec, poster, signal);
    const link: KeptLink = {
      id,
      url: key ? `${url}#k=${key}` : url,
      ...{ origin: pending.origin, title: pending.title, form: pending.form, isPrivate: key !== null },
      ...{ createdAt: new Date().toISOString(), expiresAt, secret: pending.secret },
    };
    this.#setPending(null);
    this.#setLinks([link, ...this.kept]);
    this.made = link;
  }

  /** The best frame as the poster of a film's page; without one the page shows the film's beginning. */
  async #poster(): Promise<Blob | null> {
    const frame = await bestFramePicture(this.#studio.current).catch(() => null);
    if (!frame) return null;
    return makeStill(frame, { x: 0, y: 0, width: 1, height: 1 }, 0, POSTER_BYTES).catch(() => null);
  }

  async #start(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#run?.abort(new DOMException('Another link was begun.', 'AbortError'));
    const run = new AbortController();
    this.#run = run;
    this.begin();
    try {
      await work(run.signal);
    } catch (error) {
      // The server will never accept it, so another try is pointless.
      const status = error instanceof ShareError ? error.status : 0;
      if ([404, 413, 422].includes(status)) this.#setPending(null);
      if (!isAbort(error) && this.#run === run) this.failure = toFailure(error);
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.phase = null;
      }
    }
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  #setPhase(is: LinkPhase['is'], fraction: number): void {
    this.phase = { is, fraction };
  }

  #setLinks(links: readonly KeptLink[]): void {
    this.kept = links;
    keepLinks(links);
  }

  #setPending(pending: PendingLink | null): void {
    this.pending = pending;
    keepPending(pending);
  }
}
