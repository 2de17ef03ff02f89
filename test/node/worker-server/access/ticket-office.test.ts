import { expect, test } from 'vitest';
import { TicketOffice, TICKET_MILLISECONDS } from '../../../../worker-server/access/ticket-office.ts';

test('a ticket is good once', () => {
  const office = new TicketOffice();
  const ticket = office.issue();
  expect(office.redeem(ticket)).toBe(true);
  expect(office.redeem(ticket)).toBe(false);
});

test('a ticket that is too old, or that nobody gave out, is no good', () => {
  let now = 0;
  const office = new TicketOffice(() => now);
  const ticket = office.issue();
  now = TICKET_MILLISECONDS;
  expect(office.redeem(ticket)).toBe(false);
  expect(office.redeem('made up')).toBe(false);
});

test('when very many are out, the oldest falls', () => {
  const office = new TicketOffice(() => 0);
  const tickets = Array.from({ length: 10_001 }, () => office.issue());
  expect(office.redeem(tickets[0]!)).toBe(false);
  expect(office.redeem(tickets[1]!)).toBe(true);
  expect(office.redeem(tickets.at(-1)!)).toBe(true);
});
