import type { BlobName } from '#lib/job/blob-name.ts';
import type { Current } from '#lib/pipeline/resolve.ts';
import type { Project } from '#lib/projects/project.ts';
import type { ShareForm, ShareSpec } from '#lib/protocol/share.ts';
import { makeRecipe } from '#lib/share/make-recipe.ts';
import { soundCaptions, type CaptionNames } from '#lib/share/sound-captions.ts';
import { readBlob } from '#lib/worker/blob-store.ts';

/** How a link is made. */
export interface LinkOptions {
  form: Exclude<ShareForm, 'sealed'>;
  /** Empty for none. */
  title: string;
  days: ShareSpec['days'];
  /** Encrypted on this device, with a key that is only in the link. */
  isPrivate: boolean;
  language: 'en' | 'de' | 'it';
  names: CaptionNames;
}

const BARS = 200;
const WAV_BYTES_PER_SAMPLE = 4;

/** The file that a link shows: the finished film, or only the mix; null when it is not made yet. */
export function mediumOf(
  { film, mix }: Current,
  form: LinkOptions['form'],
): { blob: BlobName; mimeType: string; bytes: number } | null {
  if (form === 'film') {
    if (!film) return null;
    const { blob, mimeType, bytes } = film.output;
    return { blob, mimeType: mimeType.split(';')[0]!, bytes };
  }
  if (!mix) return null;
  const { blob, samples } = mix.output.stem;
  return { blob, mimeType: 'audio/wav', bytes: samples * WAV_BYTES_PER_SAMPLE };
}

type Without<Spec> = Spec extends ShareSpec ? Omit<Spec, 'upload' | 'days' | 'deleteHash'> : never;
type Readable = Without<Exclude<ShareSpec, { form: 'sealed' }>>;

/** The description of a link: title, captions, recipe, and the waveform if it has only sound. */
export async function describeShare(
  project: Project,
  current: Current,
  options: LinkOptions,
): Promise<Readable> {
  const { soundtrack, prompt, source, mix } = current;
  const score = soundtrack?.output.score ?? null;
  const recipe =
    soundtrack && prompt
      ? makeRecipe({
          ...{ soundtrack, prompt, mix: mix?.options ?? project.options.all.mix },
          isPicture: source?.output.kind === 'picture',
        })
      : null;
  const common = {
    title: options.title.trim().slice(0, 120),
    language: options.language,
    captions: score ? soundCaptions(score, options.names) : [],
  };
  if (options.form === 'film' || !recipe) return { form: 'film', ...common, recipe };
  return { form: 'recipe', ...common, recipe, peaks: await readPeaks(mix?.output.stem.peaks) };
}

async function readPeaks(name: BlobName | undefined): Promise<number[]> {
  if (!name) return [];
  const all = await (await readBlob(name)).bytes();
  const bars = Math.min(BARS, all.length);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * all.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * all.length) / bars));
    return Math.max(...all.subarray(from, to));
  });
}
