/** Writes .br and .gz files beside everything in build/ that gets smaller by them. Run after `vite build`. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = ['.html', '.js', '.mjs', '.css', '.json', '.svg', '.wasm', '.webmanifest', '.txt'];
/** The best quality takes minutes for the large WASM programs and saves little. */
const LARGE_BYTES = 1 << 20;

const files = readdirSync('build', { recursive: true, encoding: 'utf8' })
  .map((name) => join('build', name))
  .filter((path) => COMPRESSIBLE.includes(extname(path)) && statSync(path).isFile());

for (const path of files) {
  if (existsSync(`${path}.br`)) continue;
  const content = readFileSync(path);
  const quality = content.length > LARGE_BYTES ? 8 : 11;
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  );
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 8 }));
}
