import { afterAll, beforeAll, describe } from 'vitest';
import { postgres, sqlite } from '../../support/engines.ts';
import { jobTableSuite } from './job-table-suite.ts';
import { kvSuite } from './kv-suite.ts';
import { memberTableSuite } from './member-table-suite.ts';
import { openingSuite } from './opening-suite.ts';
import { trackTableSuite } from './track-table-suite.ts';

describe.each([sqlite(), postgres()])('on $name', (engine) => {
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  kvSuite(engine);
  jobTableSuite(engine);
  trackTableSuite(engine);
  memberTableSuite(engine);
  openingSuite(engine);
});
