/** What other editing programs are told of a film: plain data, times in seconds from its beginning. */
export interface EditList {
  name: string;
  frameRate: number;
  durationSeconds: number;
  tracks: EditTrack[];
  markers: EditMarker[];
}

export interface EditTrack {
  name: string;
  kind: 'video' | 'audio';
  clips: EditClip[];
}

export interface EditClip {
  name: string;
  startSeconds: number;
  endSeconds: number;
  /** Where in its media it begins. */
  offsetSeconds: number;
  gainDb: number;
  /** -1 left … 1 right; 0 when absent. */
  pan?: number;
  /** Why it is there. */
  why?: string;
  /** The name of the file beside the list that has its sound or picture; null when it is in no file of its own. */
  mediaName: string | null;
}

export interface EditMarker {
  kind: 'cut' | 'section' | 'sound' | 'user';
  name: string;
  atSeconds: number;
}
