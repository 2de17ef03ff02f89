import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';

/** All containers in a single file. Not HLS: a playlist would load what it names from the network. */
const FILE_FORMATS = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MP3, ADTS, MPEG_TS];

// Warnings reach the user as an entry's `why` or as an error.
Logging.level = LogLevel.Silent;

/** Opens a media container, which is read piece by piece. The caller has to dispose it. */
export function openContainer(file: Blob): Input {
  return new Input({ source: new BlobSource(file), formats: FILE_FORMATS });
}
