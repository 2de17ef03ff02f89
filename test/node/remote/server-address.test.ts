import { expect, test } from 'vitest';
import { readServerAddress } from '#lib/remote/server-address.ts';

const HTTPS = 'https://app.example';

test.each([
  ['gpu.example.org', 'https://gpu.example.org'],
  [' https://gpu.example.org/ ', 'https://gpu.example.org'],
  ['gpu.example.org:8443', 'https://gpu.example.org:8443'],
  ['localhost:3000', 'http://localhost:3000'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['http://localhost:3000', 'http://localhost:3000'],
])('%s is read as %s', (typed, origin) => {
  expect(readServerAddress(typed, HTTPS)).toBe(origin);
});

test.each([
  ['', 'is none'],
  ['ftp://gpu.example.org', 'is none'],
  ['https://gpu.example.org/api', 'without path'],
  ['https://me:secret@gpu.example.org', 'without path, name and password'],
  ['http://192.168.0.7:3000', 'only servers with https'],
  ['javascript:alert(1)', ''],
])('“%s” is refused in one sentence', (typed, words) => {
  expect(() => readServerAddress(typed, HTTPS)).toThrow(words);
});

test('a page without https reaches servers without https', () => {
  expect(readServerAddress('http://192.168.0.7:3000', 'http://192.168.0.5')).toBe('http://192.168.0.7:3000');
});
