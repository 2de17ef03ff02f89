/**
 * What `npm run dev` does: Vite serves the app as its files are now, and the server runs beside it and starts again
 * when one of its own changes. Vite takes the flags, the server the environment variables of `npm start`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ROOT } from './root.ts';

const port = await freePort();
const programs = [
  run([
    '--watch',
    '--watch-preserve-output',
    'cli/dev-server.ts',
    '--host',
    '127.0.0.1',
    '--port',
    `${port}`,
  ]),
  run(['node_modules/vite/bin/vite.js', 'dev', ...process.argv.slice(2)], {
    SERVER_URL: `http://127.0.0.1:${port}`,
  }),
];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// One without the other is of no use.
process.exitCode = await Promise.race(programs.map(codeOf));
stop();

function run(args: string[], variables: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: ROOT,
    env: { GRACE_SECONDS: '1', ...process.env, ...variables },
    stdio: 'inherit',
  });
}

function stop(): void {
  for (const program of programs) program.kill('SIGTERM');
}

/** 0 when a program ended well, or because it was asked to. */
async function codeOf(program: ChildProcess): Promise<number> {
  const [code] = (await once(program, 'exit')) as [number | null];
  return code ?? 0;
}

/** The server comes back to the same port each time, so that Vite can find it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
