import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { STDOUT, UsageError, type CliRequest } from './arguments.ts';

/** One thing to be done: a file, a document, or both, and where the results go. */
export interface CliJob {
  /** The video or picture; null where a document is all there is. */
  file: string | null;
  /** The file or the document, for people. */
  title: string;
  paths: OutputPaths;
}

/** Where the results of one job go; null where they are not wanted. */
export interface OutputPaths {
  /** The film, where the user named it; else `filmFolder` and the name that the film brings along. */
  film: string | null;
  filmFolder: string;
  json: string | null;
  stems: string | null;
}

/**
 * The jobs of a request, with places for their results, none of them twice.
 * @throws UsageError when several files would end in one.
 */
export function cliJobs(request: CliRequest): CliJob[] {
  const { files, from, output, json, stems } = request;
  const hasSeveral = files.length > 1;
  for (const [option, path] of [
    ['--output', output],
    ['--json', json],
  ]) {
    if (hasSeveral && path && statSync(path, { throwIfNoEntry: false })?.isFile()) {
      throw new UsageError(`With several files ${option} must name a folder, but ${path} is a file.`);
    }
  }
  const titles = files.length > 0 ? files : [from!];
  const names = uniqueNames(titles);
  return titles.map((title, index) => {
    const name = names[index]!;
    const file = files[index] ?? null;
    const isInFolder = json && json !== STDOUT && (hasSeveral || isFolder(json));
    const paths = {
      film: output && !hasSeveral && !isFolder(output) ? output : null,
      filmFolder: output ?? dirname(title),
      json: isInFolder ? join(json, `${name}.json`) : json,
      stems: stems && (hasSeveral ? join(stems, name) : stems),
    };
    if (file && paths.film && resolve(paths.film) === resolve(file)) {
      throw new UsageError(`The film would replace its own source ${file}: name another --output.`);
    }
    if (file && paths.json && resolve(paths.json) === resolve(file)) {
      throw new UsageError(`The document would replace its own source ${file}: name another --json.`);
    }
    return { file, title, paths };
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
