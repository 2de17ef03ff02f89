import type { BestFrameOutput } from '#lib/job/entries/best-frame.ts';
import { cropToContent } from '#lib/media/pixels/content-box.ts';
import { isBlank } from '#lib/media/pixels/is-blank.ts';
import { toLab } from '#lib/media/pixels/lab-image.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';
import type { Embedder } from './embedder.ts';
import { medoid } from './medoid.ts';

/** A frame's latent, and whether the frame shows anything. */
export interface EmbeddedFrame {
  latent: Float32Array;
  isBlank: boolean;
}

/** Embeds a frame without its black bars; its pixels are not needed afterwards. */
export async function embedFrame(image: RgbaImage, embedder: Embedder): Promise<EmbeddedFrame> {
  const { data, width, height } = cropToContent(image);
  return { latent: await embedder.embed(data, width, height), isBlank: isBlankFrame(image) };
}

/** Whether a frame shows nothing, black bars aside. */
export function isBlankFrame(image: RgbaImage): boolean {
  return isBlank(toLab(cropToContent(image)));
}

/**
 * Chooses the best frame: the user's, else the medoid of the frames that show something (of all, when none does).
 * @param chosen The user's index; it is ignored when it is out of range because there are fewer frames now.
 * @param embedder Name of the embedder that made the latents, @param why Why it was used.
 */
export function chooseFrame(
  frames: readonly EmbeddedFrame[],
  chosen: number | null,
  embedder: string,
  why = '',
): BestFrameOutput {
  const { index, distances } = medoid(
    frames.map(({ latent }) => latent),
    tellingOf(frames, [...frames.keys()]),
  );
  const isChosen = chosen !== null && chosen < frames.length;
  return { index: isChosen ? chosen : index, medoid: index, embedder, why, distances };
}

/** A scene, seconds on the clock of the frames; its end is not in it. */
interface SceneSpan {
  id: string;
  startSeconds: number;
  endSeconds: number;
}

/** The medoid of the frames in each scene; scenes without a frame are left out. @param times When each frame was taken. */
export function chooseForScenes(
  frames: readonly EmbeddedFrame[],
  times: readonly number[],
  scenes: readonly SceneSpan[],
): NonNullable<BestFrameOutput['scenes']> {
  const latents = frames.map(({ latent }) => latent);
  return scenes.flatMap(({ id, startSeconds, endSeconds }) => {
    const inside = [...frames.keys()].filter((i) => times[i]! >= startSeconds && times[i]! < endSeconds);
    const candidates = tellingOf(frames, inside);
    return candidates.length > 0 ? [{ id, index: medoid(latents, candidates).index }] : [];
  });
}

/** Those of some frames that show something; all of them, when none does. Frames are given by their indices. */
function tellingOf(frames: readonly EmbeddedFrame[], some: readonly number[]): readonly number[] {
  const telling = some.filter((i) => !frames[i]!.isBlank);
  return telling.length > 0 ? telling : some;
}
