import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(import.meta.dirname, 'files', name), 'utf8');
const style = (name: string) => ({ type: 'text/css; charset=utf-8', body: read(name) });
const script = (name: string) => ({ type: 'text/javascript; charset=utf-8', body: read(name) });

/** The few files of link pages, under `/s/`; their names are none that an id can have. */
export const PAGE_FILES: Readonly<Record<string, { type: string; body: string }>> = {
  'page.css': style('page.css'),
  'player.css': style('player.css'),
  'beside.js': script('beside.js'),
  'private.js': script('private.js'),
  'open-sealed.js': script('open-sealed.js'),
};
