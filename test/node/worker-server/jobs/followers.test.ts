import { vi } from 'vitest';
import { embeddedPlace } from '../../../fixtures/worker-server/contract/embedded-place.ts';
import { followingContract } from '../../../fixtures/worker-server/contract/following.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

followingContract(embeddedPlace);
