import type { EditClip, EditList, EditMarker, EditTrack } from './edit-list.ts';

/** Colours of the schema Marker.2. */
const COLOURS = { cut: 'RED', section: 'GREEN', sound: 'CYAN', user: 'YELLOW' } as const;
const DEFAULT_MEDIA = 'DEFAULT_MEDIA';

/**
 * An edit list as OpenTimelineIO JSON (schemas Timeline.1, Stack.1, Track.1, Clip.2, Gap.1, Marker.2). Times are whole
 * frames. What overlaps goes to further tracks of the same name, since clips of one track can't; clips that are in no
 * file of their own are left out, as they would be missing media.
 */
export function toOtio(list: EditList): string {
  const frames = (seconds: number) => Math.round(seconds * list.frameRate);
  const time = (value: number) => ({ OTIO_SCHEMA: 'RationalTime.1', rate: list.frameRate, value });
  const range = (start: number, length: number) => ({
    OTIO_SCHEMA: 'TimeRange.1',
    duration: time(length),
    start_time: time(start),
  });
  const item = { metadata: {}, effects: [], markers: [], enabled: true };

  const clip = ({
    name,
    startSeconds,
    endSeconds,
    offsetSeconds,
    gainDb,
    pan,
    why,
    mediaName,
  }: EditClip) => ({
    OTIO_SCHEMA: 'Clip.2',
    ...item,
    name,
    metadata: { immersivaudio: { gain_db: gainDb, pan: pan ?? 0, why: why ?? '' } },
    source_range: range(frames(offsetSeconds), frames(endSeconds) - frames(startSeconds)),
    media_references: {
      [DEFAULT_MEDIA]: {
        OTIO_SCHEMA: 'ExternalReference.1',
        metadata: {},
        name: mediaName,
        available_range: null,
        available_image_bounds: null,
        target_url: encodeURIComponent(mediaName ?? ''),
      },
    },
    active_media_reference_key: DEFAULT_MEDIA,
  });

  const track = ({ name, kind, clips }: EditTrack) => {
    const children: object[] = [];
    let end = 0;
    for (const each of clips) {
      const start = frames(each.startSeconds);
      if (start > end)
        children.push({ OTIO_SCHEMA: 'Gap.1', ...item, name: '', source_range: range(0, start - end) });
      children.push(clip(each));
      end = frames(each.endSeconds);
    }
    const type = kind === 'video' ? 'Video' : 'Audio';
    return { OTIO_SCHEMA: 'Track.1', ...item, name, kind: type, source_range: null, children };
  };

  const marker = ({ kind, name, atSeconds }: EditMarker) => ({
    OTIO_SCHEMA: 'Marker.2',
    metadata: { immersivaudio: { kind } },
    name,
    color: COLOURS[kind],
    comment: '',
    marked_range: range(frames(atSeconds), 0),
  });

  const timeline = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { immersivaudio: { duration_seconds: list.durationSeconds } },
    name: list.name,
    global_start_time: null,
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      ...item,
      name: 'tracks',
      source_range: null,
      markers: list.markers.map(marker),
      children: list.tracks.flatMap((each) => withoutOverlaps(each, frames)).map(track),
    },
  };
  return JSON.stringify(timeline, null, 2);
}

/** The clips with media of a track, in as many tracks as it takes for none to overlap. */
function withoutOverlaps(track: EditTrack, frames: (seconds: number) => number): EditTrack[] {
  const rows: EditClip[][] = [];
  const clips = track.clips.filter(
    ({ mediaName, startSeconds, endSeconds }) =>
      mediaName !== null && frames(endSeconds) > frames(startSeconds),
  );
  for (const clip of [...clips].sort((a, b) => a.startSeconds - b.startSeconds)) {
    const row = rows.find((each) => frames(each.at(-1)!.endSeconds) <= frames(clip.startSeconds));
    if (row) row.push(clip);
    else rows.push([clip]);
  }
  return rows.map((row, index) => ({
    ...track,
    name: index === 0 ? track.name : `${track.name} ${index + 1}`,
    clips: row,
  }));
}
