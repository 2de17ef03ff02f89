import type { MetadataTags } from 'mediabunny';
import type { Container } from './choose-container.ts';

const MIME_TYPES: Record<Container, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
};

/**
 * The source's title, date, comment and so on for the film. What only one kind of container knows (place, camera) stays
 * when the film is of the same kind, and is left out otherwise.
 */
export function formatTags(tags: MetadataTags, sourceMimeType: string, container: Container): MetadataTags {
  const { raw, ...common } = tags;
  return raw && sourceMimeType === MIME_TYPES[container] ? { ...common, raw } : common;
}
