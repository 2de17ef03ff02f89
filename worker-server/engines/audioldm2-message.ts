import * as v from 'valibot';
import { WeightsSchema } from '#lib/protocol/engine-about.ts';

const id = v.number();
const candidates = v.optional(v.array(v.number()));

/** Messages of the Python process. The payload of `audio` is float32 samples, little-endian. */
export const AudioLdm2MessageSchema = v.variant('type', [
  v.object({ type: v.literal('starting'), fraction: v.number() }),
  v.object({
    type: v.literal('ready'),
    device: v.string(),
    sampleRate: v.number(),
    weights: v.array(WeightsSchema),
  }),
  v.object({ type: v.literal('failed'), message: v.string(), isRetryable: v.boolean() }),
  v.object({ type: v.literal('progress'), id, stage: v.string(), step: v.number(), of: v.number() }),
  v.object({
    type: v.literal('audio'),
    id,
    kind: v.picklist(['music', 'effects']),
    candidate: v.number(),
  }),
  v.object({ type: v.literal('text'), id, text: v.string() }),
  v.object({
    type: v.literal('done'),
    id,
    ranking: v.optional(v.nullable(v.object({ music: candidates, effects: candidates }))),
    text: v.optional(v.string()),
  }),
  v.object({ type: v.literal('cancelled'), id }),
  v.object({ type: v.literal('error'), id, message: v.string(), isRetryable: v.boolean() }),
]);
export type AudioLdm2Message = v.InferOutput<typeof AudioLdm2MessageSchema>;
export type RequestMessage = Extract<AudioLdm2Message, { id: number }>;
