import { vi } from 'vitest';
import { createSqliteStorage } from '../../../fixtures/worker-server/contract/sqlite-storage.ts';
import { followingContract } from '../../../fixtures/worker-server/contract/following.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

followingContract(createSqliteStorage);
