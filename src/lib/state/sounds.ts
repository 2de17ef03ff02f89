import type { ClipStudio } from './clip-studio.ts';
import { OwnSounds } from './own-sounds.svelte.ts';
import { PartRemaker } from './part-remaker.svelte.ts';
import type { Studio } from './studio.svelte.ts';
import { Suggestions } from './suggestions.svelte.ts';
import { VoiceRecorder, type RecordedPlayer } from './voice-recorder.svelte.ts';

/** What lays sounds onto the tracks of the open project. It is loaded when it is first needed. */
export class Sounds {
  readonly own: OwnSounds;
  readonly parts: PartRemaker;
  readonly recorder: VoiceRecorder;
  readonly suggestions: Suggestions;

  constructor(studio: Studio, player: RecordedPlayer) {
    const clips = clipStudio(studio);
    this.own = new OwnSounds(clips);
    this.parts = new PartRemaker(clips);
    this.recorder = new VoiceRecorder(this.own, player);
    this.suggestions = new Suggestions(studio);
  }
}

function clipStudio(studio: Studio): ClipStudio {
  return {
    get project() {
      return studio.project;
    },
    get takes() {
      return studio.takes;
    },
    get played() {
      return studio.played;
    },
    async edit(name, changes, mode) {
      await studio.edit(name, changes, mode);
      if (mode?.run) await studio.run('assemble');
    },
  };
}
