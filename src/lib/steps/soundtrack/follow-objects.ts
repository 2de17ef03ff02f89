import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { cameraPoints } from '#lib/media/follow/camera-points.ts';
import type { Watched } from '#lib/media/watch/watched.ts';
import { objectTracks } from './object-tracks.ts';

/** What moves in a film. Times count from its beginning. */
export type Followed = Pick<SoundtrackRequest, 'cues' | 'camera'>;

/**
 * The tracks of objects and the path of the camera.
 * @param watched Null for what was not watched, as a photo: then boxes are joined alone, and the camera is not known.
 */
export function followObjects(
  watched: Watched | null,
  objects: Pick<ObjectsOutput, 'frames' | 'labels'>,
  cuts: FeaturesOutput['cuts'],
  { startSeconds, durationSeconds }: LengthOutput,
): Followed {
  const looks = watched && watched.lookTimes.length > 0 ? watched : null;
  const cues = objectTracks(objects, cuts, startSeconds, durationSeconds, looks);
  if (!looks) return { cues };
  const camera = cameraPoints(looks)
    .map((point) => ({ ...point, atSeconds: point.atSeconds - startSeconds }))
    .filter(({ atSeconds }) => atSeconds >= 0 && atSeconds < durationSeconds);
  return camera.length > 0 ? { cues, camera } : { cues };
}
