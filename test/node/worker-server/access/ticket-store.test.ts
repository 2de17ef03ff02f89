import { expect, test } from 'vitest';
import { MemoryTicketStore, TICKET_MILLISECONDS } from '../../../../worker-server/access/ticket-store.ts';

test('a ticket is valid once', () => {
  const store = new MemoryTicketStore();
  const ticket = store.issue();
  expect(store.redeem(ticket)).toBe(true);
  expect(store.redeem(ticket)).toBe(false);
});

test('a ticket that has expired, or was never issued, is refused', () => {
  let now = 0;
  const store = new MemoryTicketStore(() => now);
  const ticket = store.issue();
  now = TICKET_MILLISECONDS;
  expect(store.redeem(ticket)).toBe(false);
  expect(store.redeem('made up')).toBe(false);
});

test('above the limit the oldest ticket is invalidated', () => {
  const store = new MemoryTicketStore(() => 0);
  const tickets = Array.from({ length: 10_001 }, () => store.issue());
  expect(store.redeem(tickets[0]!)).toBe(false);
  expect(store.redeem(tickets[1]!)).toBe(true);
  expect(store.redeem(tickets.at(-1)!)).toBe(true);
});
