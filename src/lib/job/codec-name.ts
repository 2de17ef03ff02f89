const NAMES: Readonly<Record<string, string>> = {
  ...{ avc: 'H.264', hevc: 'H.265', av1: 'AV1', vp9: 'VP9', vp8: 'VP8', prores: 'ProRes' },
  ...{ aac: 'AAC', opus: 'Opus', mp4: 'MP4', webm: 'WebM', mkv: 'Matroska' },
};

/** The display name of a codec or container, from its short name in the job document; else the short name itself. */
export const codecName = (name: string): string => NAMES[name] ?? name;
