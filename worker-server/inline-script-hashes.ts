import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The CSP sources (`'sha256-…'`) of every inline script in the HTML pages of a folder, each once. */
export function inlineScriptHashes(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const scripts = pages.flatMap((page) =>
    Array.from(
      readFileSync(join(folder, page), 'utf8').matchAll(/<script>([^]*?)<\/script>/g),
      (match) => match[1]!,
    ),
  );
  return [
    ...new Set(scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)),
  ];
}
