import { timingSafeEqual } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../../worker-server/access/secrets.ts';
import { ShareService } from '../../../../worker-server/shares/share-service.ts';
import type { ShareServiceOptions } from '../../../../worker-server/shares/share-service.ts';

vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<{ timingSafeEqual: typeof timingSafeEqual }>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const SECRET = 'the secret of the link';
const rows = { find: (id: string) => (id.startsWith('a') ? { deleteHash: sha256Hex(SECRET) } : null) };
const service = new ShareService({ shares: rows, adminToken: 'the token' } as unknown as ShareServiceOptions);

test.each([
  ['a link that is there', 'a'],
  ['a link that isn’t', 'b'],
])('a wrong secret for %s is compared twice in constant time, digest with digest', async (_, letter) => {
  vi.mocked(timingSafeEqual).mockClear();
  await expect(service.remove(letter.repeat(22), 'wrong')).rejects.toThrow();
  expect(vi.mocked(timingSafeEqual)).toHaveBeenCalledTimes(2);
  for (const [one, other] of vi.mocked(timingSafeEqual).mock.calls) {
    expect([one.byteLength, other.byteLength]).toEqual([32, 32]);
  }
});

test('without a server token, an empty one is refused', async () => {
  const open = new ShareService({ shares: rows, adminToken: '' } as unknown as ShareServiceOptions);
  await expect(open.remove('a'.repeat(22), '')).rejects.toThrow(/not the secret/);
});
