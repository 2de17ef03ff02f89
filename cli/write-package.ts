/**
 * What `npm pack` does before it packs: writes to dist/ all that the package runs. Node strips no types below
 * node_modules, hence the modules go there as JavaScript, in the same folders, with the built app and the files that the
 * server reads beside them.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { BUILD_FOLDER, buildIfStale } from './build-if-stale.ts';
import { readManifest } from './models-folder.ts';
import { ROOT } from './root.ts';

const DIST = join(ROOT, 'dist');
/** All others are reached from it. */
const ENTRY = 'cli/main.ts';
/** Modules are named by path in imports and for threads: './x.ts', '../x.ts' or '#lib/x.ts'. */
const MODULE_NAME = /(['"])(\.{1,2}\/[^'"\n]+|#lib\/[^'"\n]+)\.ts\1/g;
/** Files of the server that nobody reads when it runs. */
const NOT_READ = /\.(ts|md|yaml|pyc)$|Dockerfile/;

/** The folders of models whose weights are part of the app. */
const BUILT_IN = readManifest()
  .models.filter(({ isBuiltIn }) => isBuiltIn)
  .map(({ id }) => `models/${id}/`);

await buildIfStale(console.error);
rmSync(DIST, { recursive: true, force: true });
writeModules(ENTRY);
copyFolder(join(ROOT, 'worker-server'), join(DIST, 'worker-server'), (path) => !NOT_READ.test(path));
copyFolder(BUILD_FOLDER, join(DIST, 'build'), isForPackage);
const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};
write(
  'package.json',
  JSON.stringify({ name, version, type: 'module', imports: { '#lib/*': './src/lib/*' } }),
);

/** Writes a module and all that it imports as JavaScript, each once. */
function writeModules(entry: string): void {
  const paths = new Set([entry]);
  for (const path of paths) {
    const code = stripTypeScriptTypes(readFileSync(join(ROOT, path), 'utf8'));
    write(
      path.replace(/\.ts$/, '.js'),
      code.replaceAll(MODULE_NAME, (_, quote: string, module: string) => {
        const isOfLibrary = module.startsWith('#lib/');
        paths.add(`${isOfLibrary ? module.replace('#', 'src/') : join(dirname(path), module)}.ts`);
        return `${quote}${module}.js${quote}`;
      }),
    );
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(DIST, path)), { recursive: true });
  writeFileSync(join(DIST, path), text);
}

/**
 * Weights that were fetched here, unlike those that are part of the app, have licences of their own. Without https
 * browsers ask for gzip instead of Brotli, but there the app has no storage to work with.
 */
function isForPackage(path: string): boolean {
  const isFetched = /^models\/.+\//.test(path) && !BUILT_IN.some((folder) => path.startsWith(folder));
  return !path.endsWith('.gz') && !isFetched;
}

/** Copies the files of a folder whose path in it is wanted. */
function copyFolder(from: string, to: string, isWanted: (path: string) => boolean): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(from.length + 1);
    if (entry.isFile() && isWanted(path)) cpSync(join(from, path), join(to, path));
  }
}
