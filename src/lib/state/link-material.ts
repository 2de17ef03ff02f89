import type { BlobName } from '#lib/job/blob-name.ts';
import type { Current } from '#lib/pipeline/resolve.ts';
import type { Project } from '#lib/projects/project.ts';
import type { ShareForm, ShareSpec } from '#lib/protocol/share.ts';
import { makeRecipe } from '#lib/share/make-recipe.ts';
import { soundCaptions, type CaptionNames } from '#lib/share/sound-captions.ts';
import { readBlob } from '#lib/worker/blob-store.ts';

/** What is to be published, and how. */
export interface LinkWish {
  form: Exclude<ShareForm, 'sealed'>;
  /** Empty for none. */
  title: string;
  days: ShareSpec['days'];
  /** Encrypted on this device, with a key that only the link has. */
  isPrivate: boolean;
  language: 'en' | 'de' | 'it';
  names: CaptionNames;
}

const BARS = 200;
const WAV_BYTES_PER_SAMPLE = 4;

/** The file that a link shows: the finished film, or the mix alone; null when it is not made yet. */
export function mediumOf(
  { film, mix }: Current,
  form: LinkWish['form'],
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

/** What a link tells about itself: title, captions, recipe, and for sound alone a drawing of it. */
export async function describeShare(project: Project, current: Current, wish: LinkWish): Promise<Readable> {
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
    title: wish.title.trim().slice(0, 120),
    language: wish.language,
    captions: score ? soundCaptions(score, wish.names) : [],
  };
  if (wish.form === 'film' || !recipe) return { form: 'film', ...common, recipe };
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
