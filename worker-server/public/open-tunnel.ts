import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { TUNNELS, type Tunnel } from './tunnels.ts';

const MAX_MILLISECONDS = 30_000;
const MAX_OUTPUT = 20_000;

/** No tunnel is installed, or it could not be opened. The message says what to do. */
export class TunnelError extends Error {
  override name = 'TunnelError';
}

/** An open tunnel from the internet to a local port. */
export interface OpenTunnel extends Disposable {
  /** The public address. */
  url: string;
  name: string;
  /** Resolves when the tunnel's program ends. */
  ended: Promise<void>;
}

/** The first tunnel that is installed. @throws TunnelError with instructions to install one. */
export function findTunnel(path = process.env['PATH'] ?? ''): Tunnel {
  const found = TUNNELS.find(({ command }) =>
    path.split(delimiter).some((folder) => isProgram(join(folder, command))),
  );
  if (found) return found;
  throw new TunnelError(
    [
      'No tunnel to the internet is installed. Any one of these will do:',
      ...TUNNELS.map(({ advice }) => advice),
    ].join('\n  '),
  );
}

/**
 * Starts a tunnel to a port and waits for the address that it prints.
 * @throws TunnelError with its last line of output when it ends or prints no address.
 */
export async function openTunnel(
  { name, command, args, address }: Tunnel,
  port: number,
): Promise<OpenTunnel> {
  const child = spawn(command, args(port), { stdio: ['ignore', 'pipe', 'pipe'] });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const end = Promise.withResolvers<void>();
  let output = '';
  const listen = (bytes: Buffer) => {
    output = (output + bytes.toString()).slice(-MAX_OUTPUT);
    const [url] = address.exec(output) ?? [];
    if (url) resolve(url);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const fail = (why: string) => reject(new TunnelError(`${name} ${why}: ${lastLine(output)}`));
  child.on('error', (error) => fail(`could not be started (${error.message})`));
  child.on('close', () => {
    fail('ended before it opened');
    end.resolve();
  });
  const timer = setTimeout(() => fail('gave no address'), MAX_MILLISECONDS);
  const close = () => void child.kill();
  try {
    return { url: await promise, name, ended: end.promise, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) || 'it said nothing.';
}
