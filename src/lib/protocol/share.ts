import * as v from 'valibot';
import { RecipeSchema } from './recipe.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(7200));
// One line of text: no control characters, and none that change the direction of writing.
const PLAIN = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u;
const line = (most: number) => v.pipe(v.string(), v.trim(), v.maxLength(most), v.regex(PLAIN));

/** Maximum size of the description of a link as JSON, bytes. */
export const MAX_SHARE_SPEC_BYTES = 512 * 1024;
/** The possible lifetimes of a link, days. */
export const SHARE_DAYS = [1, 7, 30, 90] as const;
/** The default lifetime. */
export const USUAL_SHARE_DAYS = 30;

/** 128 random bits in base62. Whoever knows it may see the content of the link. */
export const ShareIdSchema = v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{22}$/));
export type ShareId = v.InferOutput<typeof ShareIdSchema>;

/** A sound in words, such as `dog barks`, and when it can be heard. */
export const CaptionSchema = v.strictObject({
  startSeconds: seconds,
  endSeconds: seconds,
  text: v.pipe(line(80), v.nonEmpty()),
});
export type Caption = v.InferOutput<typeof CaptionSchema>;

const common = {
  /** The finished upload that becomes the link's content. */
  upload: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  days: v.picklist(SHARE_DAYS),
  /** SHA-256 of the secret that deletes the link, 64 hexadecimal digits. The secret stays on the device. */
  deleteHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
};
const readable = {
  title: line(120),
  /** Language of the captions. */
  language: v.picklist(['en', 'de', 'it']),
  captions: v.pipe(v.array(CaptionSchema), v.maxLength(500)),
};

/**
 * What is published. `film`: the finished film. `recipe`: only its sound and how it was made; the video stays with its
 * owner. `sealed`: encrypted bytes; the server learns nothing else about them.
 */
export const ShareSpecSchema = v.variant('form', [
  v.strictObject({ form: v.literal('film'), ...common, ...readable, recipe: v.nullable(RecipeSchema) }),
  v.strictObject({
    form: v.literal('recipe'),
    ...common,
    ...readable,
    recipe: RecipeSchema,
    /** Peak magnitudes of the waveform, 0 … 255, evenly spaced. */
    peaks: v.pipe(v.array(v.pipe(count, v.maxValue(255))), v.maxLength(400)),
  }),
  v.strictObject({ form: v.literal('sealed'), ...common }),
]);
export type ShareSpec = v.InferOutput<typeof ShareSpecSchema>;
export type ShareForm = ShareSpec['form'];

/** `GET /api/v1/shares`. An answer of this shape shows that this server publishes links. */
export const ShareRulesAnswerSchema = v.object({ maxBytes: count, days: v.array(count), usualDays: count });
export type ShareRulesAnswer = v.InferOutput<typeof ShareRulesAnswerSchema>;

/** `POST /api/v1/shares`. */
export const SharedAnswerSchema = v.object({
  id: ShareIdSchema,
  url: v.pipe(v.string(), v.url()),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
});
export type SharedAnswer = v.InferOutput<typeof SharedAnswerSchema>;
