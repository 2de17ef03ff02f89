/** One stream as ffprobe describes it; null where something is unknown or doesn't apply. */
export interface ProbedStream {
  index: number;
  type: 'video' | 'audio' | 'subtitle' | 'data' | 'attachment';
  /** ffmpeg's name: `h264`, `indeo4`, `ac3`. Null when ffmpeg has no decoder for it. */
  codec: string | null;
  codecTag: string;
  /** True for a cover picture inside a sound file. */
  isCover: boolean;
  durationSeconds: number | null;
  startSeconds: number;
  /** As coded, before rotation and pixel aspect. */
  width: number | null;
  height: number | null;
  /** Width of one pixel divided by its height. */
  pixelAspect: number;
  rotationDegrees: 0 | 90 | 180 | 270;
  frameRate: number | null;
  pixelFormat: string | null;
  isHdr: boolean;
  channels: number | null;
  sampleRate: number | null;
}

/** A file as ffprobe describes it. */
export interface ProbedFile {
  /** ffmpeg's name of the container, its first one: `mov`, `avi`, `ogg`, `tiff_pipe`. */
  container: string;
  durationSeconds: number | null;
  startSeconds: number;
  streams: ProbedStream[];
}

/** Reads the JSON of `ffprobe -show_format -show_streams`. */
export function readProbe(answer: unknown): ProbedFile {
  const { format = {}, streams = [] } = answer as Answer;
  return {
    container: format.format_name?.split(',')[0] ?? 'unknown',
    durationSeconds: toNumber(format.duration),
    startSeconds: toNumber(format.start_time) ?? 0,
    streams: streams.map(readStream),
  };
}

interface Answer {
  format?: { format_name?: string; duration?: string; start_time?: string };
  streams?: RawStream[];
}

interface RawStream {
  index: number;
  codec_type?: ProbedStream['type'];
  codec_name?: string;
  codec_tag_string?: string;
  duration?: string;
  start_time?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  avg_frame_rate?: string;
  pix_fmt?: string;
  color_transfer?: string;
  channels?: number;
  sample_rate?: string;
  disposition?: { attached_pic?: number };
  tags?: { rotate?: string };
  side_data_list?: { rotation?: number }[];
}

function readStream(stream: RawStream): ProbedStream {
  const turns = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  // The display matrix rotates counterclockwise, the old tag clockwise.
  const rotation = turns !== undefined ? -turns : Number(stream.tags?.rotate ?? 0);
  const codec = stream.codec_name;
  return {
    index: stream.index,
    type: stream.codec_type ?? 'data',
    codec: !codec || codec === 'unknown' ? null : codec,
    codecTag: stream.codec_tag_string ?? '',
    isCover: stream.disposition?.attached_pic === 1,
    durationSeconds: toNumber(stream.duration),
    startSeconds: toNumber(stream.start_time) ?? 0,
    width: stream.width || null,
    height: stream.height || null,
    pixelAspect: toRatio(stream.sample_aspect_ratio) ?? 1,
    rotationDegrees: ((((Math.round(rotation / 90) * 90) % 360) + 360) % 360) as 0 | 90 | 180 | 270,
    frameRate: toRatio(stream.avg_frame_rate),
    pixelFormat: stream.pix_fmt ?? null,
    isHdr: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
    channels: stream.channels ?? null,
    sampleRate: toNumber(stream.sample_rate),
  };
}

function toNumber(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? null : value;
}

/** `30000/1001` or `16:11` as a number; null for `0/0` and the like. */
function toRatio(text: string | undefined): number | null {
  const [above, below] = (text ?? '').split(/[/:]/).map(Number);
  return above && below ? above / below : null;
}
