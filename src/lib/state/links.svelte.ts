import { sha256Hex } from '#lib/job/sha256-hex.ts';
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
import { describeShare, mediumOf, type LinkWish } from './link-material.ts';
import type { Server } from './server.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** How far a link is. */
export interface LinkPhase {
  is: 'encrypting' | 'uploading' | 'publishing';
  fraction: number;
}

const POSTER_BYTES = 400 * 1024;

/** Links to results of this device: making them, finding them again, taking them back. */
export class Links {
  /** What may be published; null where no server keeps links, undefined as long as nobody asked. */
  rules: ShareRulesAnswer | null | undefined = $state.raw(undefined);
  phase: LinkPhase | null = $state.raw(null);
  /** The link that was made last, until the next is begun. */
  made: KeptLink | null = $state.raw(null);
  /** All links of this device that have not ended, the latest first. */
  kept: readonly KeptLink[] = $state.raw([]);
  /** Deleted a moment ago; they can be brought back. */
  removed: readonly KeptLink[] = $state.raw([]);
  /** A link whose making was cut off. */
  pending: PendingLink | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);

  #studio: Studio;
  #server: Server;
  #run: AbortController | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  /** Asks the server what may be published, and reads what this device has. */
  async look(): Promise<void> {
    const now = Date.now();
    this.kept = readLinks().filter(({ expiresAt }) => Date.parse(expiresAt) > now);
    this.removed = [];
    if (!this.phase) this.pending = readPending();
    try {
      this.rules = await askShareRules(this.#where);
    } catch (error) {
      this.rules = null;
      this.failure = toFailure(error);
    }
  }

  /** How many bytes a form has; null when it is not made yet. */
  bytesOf(form: LinkWish['form']): number | null {
    return mediumOf(this.#studio.heard, form)?.bytes ?? null;
  }

  /** Makes a link to the open project. A refusal lands in `failure`. */
  async publish(wish: LinkWish): Promise<void> {
    const { project, heard } = this.#studio;
    const medium = mediumOf(heard, wish.form);
    if (!project || !medium) return;
    await this.#guard(async (signal) => {
      if (wish.form === 'film' && !/^video\/(mp4|webm)$/.test(medium.mimeType)) {
        throw new ShareError('Pages play MP4 and WebM: choose one of these as the format of the film.', 0);
      }
      const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
      const readable = await describeShare(project, heard, wish);
      const common = { days: wish.days, deleteHash: await sha256Hex(secret) };
      const about = wish.isPrivate
        ? { title: wish.title, type: medium.mimeType, vtt: toWebVtt(readable.captions), poster: null }
        : null;
      await this.#bring(
        {
          version: 1,
          ...{ projectId: project.id, blob: medium.blob, origin: this.#server.origin, place: null, secret },
          ...{ key: about && newKey(), form: wish.form, title: wish.title, about },
          spec: about ? { form: 'sealed', ...common } : { ...readable, ...common },
        },
        signal,
      );
    });
  }

  /** Goes on with the link that was cut off. */
  async resume(): Promise<void> {
    const { pending } = this;
    if (pending) await this.#guard((signal) => this.#bring(pending, signal));
  }

  /** Stops the making of a link and forgets what was uploaded of it. */
  cancel(): void {
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    this.#hold(null);
  }

  /** Deletes a link: nobody sees it from now on. */
  async remove(link: KeptLink): Promise<void> {
    await this.#quietly(async () => {
      await deleteShare(link.origin, link.id, link.secret);
      this.#keep(this.kept.filter(({ id }) => id !== link.id));
      this.removed = [link, ...this.removed];
      if (this.made?.id === link.id) this.made = null;
    });
  }

  /** Brings a link back that was deleted a moment ago. */
  async restore(link: KeptLink): Promise<void> {
    await this.#quietly(async () => {
      await restoreShare(link.origin, link.id, link.secret);
      this.removed = this.removed.filter(({ id }) => id !== link.id);
      this.#keep([link, ...this.kept]);
    });
  }

  /** Forgets the link that was made last, to make another. */
  begin(): void {
    this.made = null;
    this.failure = null;
  }

  get #where() {
    return { origin: this.#server.origin, token: this.#server.settings.token || null };
  }

  async #bring(pending: PendingLink, signal: AbortSignal): Promise<void> {
    const where = { ...this.#where, origin: pending.origin };
    const file: Blob = await readBlob(pending.blob);
    this.#hold(pending);
    const { key, about, place } = pending;
    const bytes =
      key && about
        ? await encryptMedia(file, about, key, signal, (fraction) => this.#tell('encrypting', fraction))
        : file;
    if (this.rules && bytes.size > this.rules.maxBytes) {
      this.#hold(null);
      throw new ShareError(
        `A file of at most ${this.rules.maxBytes} bytes was wanted; this has ${bytes.size}.`,
        413,
      );
    }
    this.#tell('uploading', 0);
    const upload = await uploadResumably(where, bytes, {
      place,
      signal,
      onProgress: (fraction) => this.#tell('uploading', fraction),
      onPlace: (begun) => this.#hold({ ...pending, place: begun }),
    });
    this.#tell('publishing', 1);
    const spec = { ...(pending.spec as ShareSpec), upload };
    const poster = spec.form === 'film' ? await this.#poster() : null;
    const { id, url, expiresAt } = await publishShare(where, spec, poster, signal);
    const link: KeptLink = {
      id,
      url: key ? `${url}#k=${key}` : url,
      ...{ origin: pending.origin, title: pending.title, form: pending.form, isPrivate: key !== null },
      ...{ createdAt: new Date().toISOString(), expiresAt, secret: pending.secret },
    };
    this.#hold(null);
    this.#keep([link, ...this.kept]);
    this.made = link;
  }

  /** The best frame for the page of a film; without one the page shows the film's beginning. */
  async #poster(): Promise<Blob | null> {
    const frame = await bestFramePicture(this.#studio.current).catch(() => null);
    if (!frame) return null;
    return makeStill(frame, { x: 0, y: 0, width: 1, height: 1 }, 0, POSTER_BYTES).catch(() => null);
  }

  async #guard(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#run?.abort(new DOMException('Another link was begun.', 'AbortError'));
    const run = new AbortController();
    this.#run = run;
    this.begin();
    try {
      await work(run.signal);
    } catch (error) {
      // What the server will never take is not worth another try.
      const status = error instanceof ShareError ? error.status : 0;
      if ([404, 413, 422].includes(status)) this.#hold(null);
      if (!isAbort(error) && this.#run === run) this.failure = toFailure(error);
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.phase = null;
      }
    }
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  #tell(is: LinkPhase['is'], fraction: number): void {
    this.phase = { is, fraction };
  }

  #keep(links: readonly KeptLink[]): void {
    this.kept = links;
    keepLinks(links);
  }

  #hold(pending: PendingLink | null): void {
    this.pending = pending;
    keepPending(pending);
  }
}
