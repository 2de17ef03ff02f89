import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first version that knows `using`; earlier ones that strip types end with a SyntaxError. */
const LEAST_MAJOR = 24;

/**
 * Runs a program of this folder, or in a package its JavaScript in dist/: right here where Node is new enough, else in the
 * Node that `npm ci` puts into node_modules.
 * @param {string} name The file's name without its ending.
 */
export async function runInModernNode(name) {
  const source = new URL(`${name}.ts`, import.meta.url);
  const isPackage = !existsSync(source);
  const script = isPackage ? new URL(`../dist/cli/${name}.js`, import.meta.url) : source;
  if (Number(process.versions.node.split('.')[0]) >= LEAST_MAJOR) {
    await import(script.href);
    return;
  }
  const node = installedNode();
  if (!node) {
    const advice = isPackage
      ? 'install that one'
      : 'run "npm ci" in its folder, which brings one along, or install that one';
    console.error(
      `Immersivaudio needs Node ${LEAST_MAJOR} or later; this is ${process.versions.node}: ${advice}.`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [fileURLToPath(script), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}

function installedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return ['bin/node', 'bin/node.exe'].map((path) => join(folder, path)).find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}
