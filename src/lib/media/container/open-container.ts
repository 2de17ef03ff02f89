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

/** Every container that lies in one file. HLS is left out: a playlist would fetch what it names from the network. */
const FILE_FORMATS = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MP3, ADTS, MPEG_TS];

// What it would warn of reaches the user as an entry's `why` or as an error.
Logging.level = LogLevel.Silent;

/** Opens a file as a media container, read piece by piece from where it lies. Whoever opens it, disposes it. */
export function openContainer(file: Blob): Input {
  return new Input({ source: new BlobSource(file), formats: FILE_FORMATS });
}
