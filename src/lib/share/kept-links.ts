import * as v from 'valibot';
import { ShareIdSchema, ShareSpecSchema } from '#lib/protocol/share.ts';

const LINKS_KEY = 'immersivaudio-links';
const PENDING_KEY = 'immersivaudio-link-pending';

const KeptLinkSchema = v.object({
  id: ShareIdSchema,
  /** With the key behind the “#” where it is private. */
  url: v.pipe(v.string(), v.url()),
  /** The server that deletes it. */
  origin: v.pipe(v.string(), v.url()),
  title: v.string(),
  form: v.picklist(['film', 'recipe']),
  isPrivate: v.boolean(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  /** What deletes it; the server has only its digest. */
  secret: v.string(),
});

/** A link that was made on this device. */
export type KeptLink = v.InferOutput<typeof KeptLinkSchema>;

const PendingSchema = v.object({
  version: v.literal(1),
  projectId: v.string(),
  /** Name of the blob that is uploaded: another one is another upload. */
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

/** A link that is being made, as much of it as must outlive a reload. */
export type PendingLink = v.InferOutput<typeof PendingSchema>;

/** The links of this device, the latest first; what can't be read is left out. */
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

/** The link that was being made when the page was left; null for none. */
export function readPending(): PendingLink | null {
  const result = v.safeParse(PendingSchema, parse(PENDING_KEY));
  if (!result.success) return null;
  // The upload's id comes last, so a description is whole only with one.
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

/** A browser that refuses has it until the page is closed. */
function store(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is refused or full.
  }
}
