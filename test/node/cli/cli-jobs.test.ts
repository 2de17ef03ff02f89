import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseArguments, type CliRequest } from '../../../cli/arguments.ts';
import { cliJobs, freePath } from '../../../cli/cli-jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-paths-'));
const file = join(folder, 'film.mp4');
writeFileSync(file, 'x');
mkdirSync(join(folder, 'films'));
afterAll(() => rmSync(folder, { recursive: true }));

const jobs = (...words: string[]) => cliJobs(parseArguments(words) as CliRequest);
const paths = (...words: string[]) => jobs(...words).map((job) => job.paths);

test('without --output a film lands beside its source, under the name that it brings', () => {
  expect(paths('in/clip.mp4')).toEqual([{ film: null, filmFolder: 'in', json: null, stems: null }]);
});

test('for one file --output, --json and --stems are taken as they are', () => {
  expect(paths('clip.mp4', '-o', 'new.mp4', '--json', 'job.json', '--stems', 'parts')).toEqual([
    { film: 'new.mp4', filmFolder: 'new.mp4', json: 'job.json', stems: 'parts' },
  ]);
});

test.each([join(folder, 'films'), 'new-films/'])('--output %s is a folder', (output) => {
  expect(paths('clip.mp4', '-o', output)[0]).toMatchObject({ film: null, filmFolder: output });
});

test('several files each get their own places, even when their names are the same', () => {
  expect(paths('a/clip.mp4', 'b/clip.mov', '-o', 'films', '--json', 'jobs', '--stems', 'parts')).toEqual([
    { film: null, filmFolder: 'films', json: join('jobs', 'clip.json'), stems: join('parts', 'clip') },
    { film: null, filmFolder: 'films', json: join('jobs', 'clip 2.json'), stems: join('parts', 'clip 2') },
  ]);
});

test.each(['--output', '--json'])('several files into one file are refused: %s', (option) => {
  expect(() => paths('a.mp4', 'b.mp4', option, file)).toThrow(
    `With several files ${option} must name a folder`,
  );
});

test('neither a film nor a document replaces its own source', () => {
  expect(() => paths(file, '-o', join(folder, 'films', '..', 'film.mp4'))).toThrow(/film would replace its/);
  expect(() => paths(file, '--json', file)).toThrow(/document would replace its own source/);
});

test('a document alone is a job too, and "-" is no file', () => {
  expect(jobs('--from', 'in/job.json', '--only', 'prompt', '--json', '-')).toMatchObject([
    { file: null, title: 'in/job.json', paths: { json: '-' } },
  ]);
});

test('a name that is taken gets the next free number', () => {
  expect(freePath(join(folder, 'other.mp4'))).toBe(join(folder, 'other.mp4'));
  expect(freePath(file)).toBe(join(folder, 'film 2.mp4'));
});
