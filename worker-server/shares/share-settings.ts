import * as v from 'valibot';
import { integer, onOrOff, optionalOrigin, setting } from '../setting.ts';

/** Settings of links and of the store of their files. */
export const SHARE_SETTINGS = {
  SHARES: setting('on or off: whether results can be published as links', onOrOff('SHARES'), 'on'),
  SHARE_MAX_BYTES: setting('size of one published file', integer('SHARE_MAX_BYTES', 1, 5e9), '200000000'),
  SHARE_TOTAL_BYTES: setting(
    'size of all published files',
    integer('SHARE_TOTAL_BYTES', 1, 1e15 - 1),
    '20000000000',
  ),
  SHARE_DAY_BYTES: setting(
    'what one address may publish in a day',
    integer('SHARE_DAY_BYTES', 1, 1e15 - 1),
    '1000000000',
  ),
  SHARE_DAYS: setting('days that a link may live at most', integer('SHARE_DAYS', 1, 365), '90'),
  SHARE_CONTACT: setting(
    'mail address to which links can be reported',
    v.pipe(
      v.string(),
      v.regex(
        /^([^\s@<>"&?]+@[^\s@<>"&?]+)?$/,
        'SHARE_CONTACT must be a mail address, such as abuse@example.org.',
      ),
    ),
    '',
  ),
  S3_ENDPOINT: setting(
    'keeps published files in a store that speaks S3, instead of DATA_DIR',
    optionalOrigin('S3_ENDPOINT', 'https://s3.example.org'),
    '',
  ),
  S3_BUCKET: setting(
    'bucket in that store',
    v.pipe(v.string(), v.regex(/^[a-z0-9.-]{3,63}$/, 'S3_BUCKET must be the name of a bucket.')),
    'immersivaudio',
  ),
  S3_REGION: setting(
    'region of that store',
    v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'S3_REGION must be the name of a region.')),
    'us-east-1',
  ),
  S3_ACCESS_KEY_ID: setting('who we are there', v.string(), ''),
  S3_SECRET_ACCESS_KEY: setting('and the secret for it; better as a variable than as a flag', v.string(), ''),
};
