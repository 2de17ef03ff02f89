import * as v from 'valibot';
import { ShareIdSchema, ShareSpecSchema } from '#lib/protocol/share.ts';

const LINKS_KEY = 'immersivaudio-links';
const PENDING_KEY = 'immersivaudio-link-pending';

const KeptLinkSchema = v.object({
  id: ShareIdSchema,
  /** With the key behind the “#” when it is private. */
  url: v.pipe(v.string(), v.url()),
  /** The server that has it. */
  origin: v.pipe(v.string(), v.url()),
  title: v.string(),
  form: v.picklist(['film', 'recipe']),
  isPrivate: v.boolean(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Deletes the link; the server stores only its digest. */
  secret: v.string(),
});

/** A link that was made on this device. */
export type KeptLink = v.InferOutput<typeof KeptLinkSchema>;

const PendingSchema = v.object({
  version: v.literal(1),
  projectId: v.string(),
  /** Name of the uploaded blob: another one needs another upload. */
  blob: v.string(),
  origin: v.string(),
  place: v.nullable(v.string()),
  secret: v.string(),
  key: v.nullable(v.string()),
  form: v.picklist(['film', 'recipe']),
  title: v.string(),
  spec: v.unknown(),
  about: v.nullable(
    v.object({ title: v.string(), type: v.string(), vtt: v.string(), poster: v.nullable(v.string()) }),
  ),
});

/** A link that is being made: everything that must survive a reload. */
export type PendingLink = v.InferOutput<typeof PendingSchema>;

/** The links of this device, the latest first; unreadable ones are left out. */
export function readLinks(): KeptLink[] {
  const all = parse(LINKS_KEY);
  if (!Array.isArray(all)) return [];
  return all.flatMap((each) => {
    const result = v.safeParse(KeptLinkSchema, each);
    return result.success ? [result.output] : [];
  });
}

export function keepLinks(links: readonly KeptLink[]): void {
  store(LINKS_KEY, links);
}

/** The link that was being made when the page was closed; null when there is none. */
export function readPending(): PendingLink | null {
  const result = v.safeParse(PendingSchema, parse(PENDING_KEY));
  if (!result.success) return null;
  // Only the upload's id is missing, so the rest must be valid with one.
  const spec = { ...(result.output.spec as object), upload: '0'.repeat(32) };
  return v.safeParse(ShareSpecSchema, spec).success ? result.output : null;
}

export function keepPending(pending: PendingLink | null): void {
  store(PENDING_KEY, pending);
}

function parse(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Stores a value, or removes it with null. A browser that refuses loses it when the page is closed. */
function store(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is refused or full.
  }
}
