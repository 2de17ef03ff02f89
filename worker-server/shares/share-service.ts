import type { ShareId, SharedAnswer, ShareRulesAnswer, ShareSpec } from '#lib/protocol/share.ts';
import { SHARE_DAYS, USUAL_SHARE_DAYS } from '#lib/protocol/share.ts';
import { isSameSecret, sha256Hex } from '../access/secrets.ts';
import { ApiError } from '../api-error.ts';
import { checkMedia } from './media/check-media.ts';
import { MediaRefusedError } from './media/media-facts.ts';
import { shareId } from './share-id.ts';
import type { ShareSettings } from './share-limits.ts';
import { peaksCard, posterAndCard } from './share-picture.ts';
import type { BlobStore } from './store/blob-store.ts';
import type { Share, ShareDetails, ShareTable } from './store/share-table.ts';
import type { Uploads } from './uploads.ts';

const DAY_MILLISECONDS = 86_400_000;

/** What the service depends on. */
export interface ShareServiceOptions {
  shares: ShareTable;
  uploads: Uploads;
  blobs: BlobStore;
  settings: ShareSettings;
  /** TOKEN, which may delete any link; empty when there is none. */
  adminToken: string;
  now?: () => number;
}

/** Publishes finished uploads as links, finds links, deletes and restores them. */
export class ShareService {
  readonly uploads: Uploads;
  readonly blobs: BlobStore;
  readonly settings: ShareSettings;
  readonly #shares: ShareTable;
  readonly #adminToken: string;
  readonly #now: () => number;
  readonly #publishing = new Map<string, Promise<Share>>();

  constructor({ shares, uploads, blobs, settings, adminToken, now = Date.now }: ShareServiceOptions) {
    this.#shares = shares;
    this.uploads = uploads;
    this.blobs = blobs;
    this.settings = settings;
    this.#adminToken = adminToken;
    this.#now = now;
  }

  rules(): ShareRulesAnswer {
    const days = SHARE_DAYS.filter((each) => each <= this.settings.SHARE_DAYS);
    const usualDays = Math.min(USUAL_SHARE_DAYS, days.at(-1) ?? 1);
    return { maxBytes: this.settings.SHARE_MAX_BYTES, days: days.length ? days : [1], usualDays };
  }

  /**
   * Publishes an upload. Idempotent: the same upload with the same secret gives the same link.
   * @throws ApiError 400, 404, 409, 422
   */
  async publish(spec: ShareSpec, poster: Uint8Array | null, origin: string): Promise<SharedAnswer> {
    if (!this.rules().days.includes(spec.days)) {
      throw new ApiError(400, 'RequestError', `Links live at most ${this.settings.SHARE_DAYS} days here.`, {
        at: 'days',
      });
    }
    const known = this.#shares.findByUpload(spec.upload);
    if (known && (known.status === 'arriving' || !isSameSecret(known.deleteHash, spec.deleteHash))) {
      throw new ApiError(409, 'UploadUnfinishedError', 'This upload is a link already, or becomes one now.');
    }
    const share = known ?? (await this.#publishOnce(spec, poster));
    return {
      id: share.id,
      url: `${origin}/s/${share.id}`,
      expiresAt: new Date(share.expiresAt).toISOString(),
    };
  }

  /** The link if it is visible; `gone` if it expired or was deleted, null if it never existed. */
  find(id: ShareId): Share | 'gone' | null {
    const share = this.#shares.find(id);
    if (!share || share.status === 'arriving') return null;
    return share.status === 'live' && share.expiresAt > this.#now() ? share : 'gone';
  }

  /**
   * Hides a link at once. Its owner can restore it until the retention deletes its files, 10 to 20 minutes later.
   * @throws ApiError 403, 404
   */
  async remove(id: ShareId, secret: string): Promise<void> {
    const isOwner = this.#checkSecret(id, secret) === 'owner';
    this.#shares.setStatus(id, 'deleted', this.#now());
    // What the admin takes down can't be restored by its owner.
    if (!isOwner) await this.#deleteFiles(id);
  }

  /** Restores a deleted link. @throws ApiError 403, 404, 409 when its files are already deleted. */
  restore(id: ShareId, secret: string): void {
    this.#checkSecret(id, secret);
    const share = this.#shares.find(id)!;
    if (share.status !== 'deleted' && share.status !== 'live') {
      throw new ApiError(409, 'ShareGoneError', 'It is too late: the link is gone.');
    }
    this.#shares.setStatus(id, 'live', this.#now());
  }

  /** Deletes the files first: after a crash in between, the row still says which files are left. */
  async #deleteFiles(id: ShareId): Promise<void> {
    for (const kind of ['media', 'poster', 'card'] as const) await this.blobs.remove(`${id}.${kind}`);
    this.#shares.markGone(id, this.#now());
  }

  /** Deletes the files of links that expired or were deleted before `deletedBefore`. @returns The number of links. */
  async deleteExpired(deletedBefore: number): Promise<number> {
    const ids = this.#shares.expired(this.#now(), deletedBefore);
    for (const id of ids) await this.#deleteFiles(id);
    return ids.length;
  }

  /** Removes links that a crashed server was still publishing. Call it before the first `publish()`. */
  async removeUnfinished(): Promise<void> {
    for (const { id } of this.#shares.withStatus('arriving')) {
      await this.#deleteFiles(id);
      this.#shares.remove(id);
    }
  }

  #checkSecret(id: ShareId, secret: string): 'owner' | 'admin' {
    const share = this.#shares.find(id);
    // Both are always compared, also for an unknown link: the time must not reveal anything.
    const isOwner = isSameSecret(sha256Hex(secret), share?.deleteHash ?? '');
    const isAdmin = isSameSecret(secret, this.#adminToken) && this.#adminToken !== '';
    if (!share) throw new ApiError(404, 'ShareUnknownError', 'There is no such link.');
    if (!isOwner && !isAdmin)
      throw new ApiError(403, 'ShareSecretError', 'This is not the secret of this link.');
    return isOwner ? 'owner' : 'admin';
  }

  async #publishOnce(spec: ShareSpec, poster: Uint8Array | null): Promise<Share> {
    let work = this.#publishing.get(spec.upload);
    if (!work) {
      work = this.#publish(spec, poster).finally(() => this.#publishing.delete(spec.upload));
      this.#publishing.set(spec.upload, work);
    }
    return work;
  }

  async #publish(spec: ShareSpec, poster: Uint8Array | null): Promise<Share> {
    const { path, bytes } = await this.uploads.finished(spec.upload);
    const facts = await checkMedia(path, spec.form).catch((error: unknown) => {
      if (!(error instanceof MediaRefusedError)) throw error;
      throw new ApiError(422, error.name, error.message, { at: 'upload' });
    });
    const pictures = spec.form === 'film' && poster ? await posterAndCard(poster) : null;
    const card = pictures?.card ?? (spec.form === 'recipe' ? await peaksCard(spec.peaks) : null);
    const now = this.#now();
    const share: Share = {
      id: shareId(),
      ...{ upload: spec.upload, form: spec.form, deleteHash: spec.deleteHash },
      title: spec.form === 'sealed' ? '' : spec.title,
      details: facts && spec.form !== 'sealed' ? detailsOf(spec, facts) : null,
      mediaType: facts?.type ?? 'application/octet-stream',
      mediaBytes: bytes,
      hasPoster: pictures !== null,
      status: 'arriving',
      createdAt: now,
      expiresAt: now + spec.days * DAY_MILLISECONDS,
    };
    this.#shares.insert(share);
    try {
      if (pictures) await this.blobs.put(`${share.id}.poster`, pictures.poster);
      if (card) await this.blobs.put(`${share.id}.card`, card);
      await this.blobs.putFile(`${share.id}.media`, path);
    } catch (error) {
      await this.#deleteFiles(share.id).catch(() => undefined);
      this.#shares.remove(share.id);
      throw error;
    }
    this.#shares.setStatus(share.id, 'live', now);
    await this.uploads.forget(spec.upload);
    return { ...share, status: 'live' };
  }
}

function detailsOf(
  spec: Exclude<ShareSpec, { form: 'sealed' }>,
  { durationSeconds, width, height }: { durationSeconds: number; width: number; height: number },
): ShareDetails {
  const { language, captions, recipe } = spec;
  const peaks = spec.form === 'recipe' ? spec.peaks : [];
  return { language, captions, recipe, peaks, durationSeconds, width, height };
}
