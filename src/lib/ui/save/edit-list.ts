import type { Scene } from '#lib/job/entries/scenes.ts';
import type { AssembleOutput, Clip } from '#lib/job/entries/assemble.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Marker } from '#lib/job/marker.ts';
import type { Score } from '#lib/job/score.ts';
import { m } from '#lib/paraglide/messages.js';
import type { EditClip, EditList, EditMarker, EditTrack } from '#lib/timeline/edit-list.ts';
import { fileName } from '../file-name.ts';
import { reasonText, sectionName, soundName } from '../score/names.ts';

/** Pictures have no frame rate. */
const USUAL_FRAME_RATE = 25;

/** What an edit list is made from. */
interface Film {
  title: string;
  source: SourceOutput;
  played: AssembleOutput;
  /** The sound of the source. */
  original: Stem | null;
  score: Score | null;
  scenes: readonly Scene[];
  /** The user's clips. */
  clips: readonly Clip[];
  /** The places that the user has marked. */
  marked: readonly Marker[];
}

/** The film as an edit list: the picture, one clip for each stem, and what is in the stems as clips without files. */
export function editList(film: Film): EditList {
  const { title, source, played, score, scenes } = film;
  return {
    name: title,
    frameRate: source.frameRate ?? USUAL_FRAME_RATE,
    durationSeconds: played.durationSeconds,
    tracks: [pictureTrack(film), ...stemTracks(film), ...soundTracks(film)].filter(
      ({ clips }) => clips.length > 0,
    ),
    markers: [
      ...film.marked.map(({ name, atSeconds }, at): EditMarker => {
        return { kind: 'user', name: name || m.timeline_marker({ number: at + 1 }), atSeconds };
      }),
      ...scenes.slice(1).map(({ startSeconds }, at): EditMarker => {
        return { kind: 'cut', name: m.save_cut({ number: at + 2 }), atSeconds: startSeconds };
      }),
      ...(score?.music?.sections ?? []).map(({ name, startSeconds }): EditMarker => {
        return { kind: 'section', name: sectionName(name), atSeconds: startSeconds };
      }),
    ],
  };
}

function pictureTrack({ source, played }: Film): EditTrack {
  const clip = wholeFilm(source.name, source.name, played.durationSeconds);
  return {
    name: m.save_picture_track(),
    kind: 'video',
    clips: [{ ...clip, offsetSeconds: source.startSeconds }],
  };
}

/** One track for each stem, with the names under which the stems are saved. */
function stemTracks({ title, played, original }: Film): EditTrack[] {
  const stems = { music: played.music, effects: played.effects, voice: played.voice, original };
  return (['music', 'effects', 'voice', 'original'] as const).flatMap((part) => {
    if (!stems[part]) return [];
    const name = m.save_part({ part });
    return [
      {
        name,
        kind: 'audio' as const,
        clips: [wholeFilm(name, fileName(title, part, 'wav'), played.durationSeconds)],
      },
    ];
  });
}

/** What is heard in the stems. */
function soundTracks({ score, clips }: Film): EditTrack[] {
  const common = { offsetSeconds: 0, mediaName: null };
  const sounds: EditClip[] = [
    ...(score?.layers ?? []).map((layer) => ({
      ...common,
      ...{ name: soundName(layer.recipe), startSeconds: layer.startSeconds, endSeconds: layer.endSeconds },
      ...{ gainDb: layer.gainDb, pan: layer.pan, why: reasonText(layer) },
    })),
    ...(score?.events ?? []).map((event) => ({
      ...common,
      ...{ name: soundName(event.recipe), startSeconds: event.atSeconds },
      endSeconds: event.untilSeconds ?? event.atSeconds + event.durationSeconds,
      ...{ gainDb: event.gainDb, pan: event.pan, why: reasonText(event) },
    })),
  ];
  const own = clips.map((clip) => ({
    ...common,
    ...{ name: clip.name, startSeconds: clip.startSeconds, endSeconds: clip.endSeconds, gainDb: clip.gainDb },
    why: m.score_because_you(),
  }));
  return [
    { name: m.lanes_name({ lane: 'effects' }), kind: 'audio', clips: sounds },
    { name: m.score_because_you(), kind: 'audio', clips: own },
  ];
}

function wholeFilm(name: string, mediaName: string, endSeconds: number): EditClip {
  return { name, startSeconds: 0, endSeconds, offsetSeconds: 0, gainDb: 0, mediaName };
}
