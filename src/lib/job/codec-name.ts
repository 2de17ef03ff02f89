const NAMES: Readonly<Record<string, string>> = {
  ...{ avc: 'H.264', hevc: 'H.265', av1: 'AV1', vp9: 'VP9', vp8: 'VP8', prores: 'ProRes' },
  ...{ aac: 'AAC', opus: 'Opus', mp4: 'MP4', webm: 'WebM', mkv: 'Matroska' },
};

/** A codec or container as people name it, by its short name in the job document; that one when there is no other. */
export const codecName = (name: string): string => NAMES[name] ?? name;
