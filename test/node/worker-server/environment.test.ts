import { expect, test } from 'vitest';
import { readEnvironment } from '../../../worker-server/environment.ts';

test('without variables the server listens on this machine only', () => {
  expect(readEnvironment({})).toEqual({ host: '127.0.0.1', port: 3000 });
});

test('HOST and PORT are taken from the environment', () => {
  expect(readEnvironment({ HOST: '0.0.0.0', PORT: '8080' })).toEqual({ host: '0.0.0.0', port: 8080 });
});

test.each(['', 'abc', '-1', '80.5', '65536', '0x50'])('the port "%s" is refused with a sentence', (PORT) => {
  expect(() => readEnvironment({ PORT })).toThrow('PORT must be a whole number from 0 to 65535.');
});

test('an empty host is refused with a sentence', () => {
  expect(() => readEnvironment({ HOST: '' })).toThrow(/HOST must name an address/);
});
