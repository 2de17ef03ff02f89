import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UsageError, type Wishes } from './arguments.ts';

/** Where the results of one file go; null where they are not wanted. */
export interface OutputPaths {
  /** The film, where the user named it; else `filmFolder` and the name that the film brings along. */
  film: string | null;
  filmFolder: string;
  json: string | null;
  stems: string | null;
}

/**
 * The places for the results of every file, none of them twice.
 * @throws UsageError when several files would end in one.
 */
export function outputPaths(wishes: Wishes): OutputPaths[] {
  const { files, output, json, stems } = wishes;
  const hasSeveral = files.length > 1;
  for (const [option, path] of [
    ['--output', output],
    ['--json', json],
  ]) {
    if (hasSeveral && path && statSync(path, { throwIfNoEntry: false })?.isFile()) {
      throw new UsageError(`With several files ${option} must name a folder, but ${path} is a file.`);
    }
  }
  const names = uniqueNames(files);
  return files.map((file, index) => {
    const name = names[index]!;
    const film = output && !hasSeveral && !isFolder(output) ? output : null;
    if (film && resolve(film) === resolve(file)) {
      throw new UsageError(`The film would replace its own source ${file}: name another --output.`);
    }
    return {
      film,
      filmFolder: output ?? dirname(file),
      json: json && (hasSeveral || isFolder(json) ? join(json, `${name}.json`) : json),
      stems: stems && (hasSeveral ? join(stems, name) : stems),
    };
  });
}

/** A path that nothing has yet: "film.mp4", else "film 2.mp4" and so on. */
export function freePath(path: string): string {
  const extension = extname(path);
  const stem = join(dirname(path), basename(path, extension));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${stem} ${number}${extension}`;
    if (!existsSync(candidate)) return candidate;
  }
}

function isFolder(path: string): boolean {
  return /[\\/]$/.test(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** The names of files without folder and extension; those that come again get a number. */
function uniqueNames(files: string[]): string[] {
  const taken = new Map<string, number>();
  return files.map((file) => {
    const name = basename(file, extname(file));
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}
