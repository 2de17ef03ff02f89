/** What kind of trouble an error's name stands for, in a few words. The sentence below it is the error's own. */
const TITLES: Partial<Record<string, string>> = {
  SourceError: 'This file can’t be read',
  PictureUnreadableError: 'This picture can’t be read',
  FramesError: 'No frames could be taken',
  FilmError: 'The film could not be written',
  FfmpegError: 'This file could not be converted',
  StorageFullError: 'No room left on this device',
  BlobMissingError: 'A stored part is gone',
  JobDocumentError: 'This project can’t be read',
  WorkerDiedError: 'A background worker stopped',
  WavError: 'A sound can’t be read',
  ModelError: 'A model did not work',
  WeightsError: 'A model could not be fetched',
  TypeError: 'Something went wrong inside',
};

/** A friendly title for a refusal; any name that is not known gets a general one. */
export function errorTitle(name: string): string {
  return TITLES[name] ?? 'That did not work';
}
